import type { Rule } from '../../engine/rule.ts'
import { problems } from '../../matching/validate.ts'
import { playbooks } from '../../playbooks/index.ts'
import { listedIn, readProjectFile, sourcesBelow } from '../shell/project.ts'
import { type AuthoringFinding, findingOf, isFatal } from './finding.ts'
import { exportOf } from './names.ts'
import { placeInWhen, textPlaceOf } from './place.ts'
import { type RecordedEvent, recordedEventsOf } from './recorded-events.ts'
import { unproved } from './unproved.ts'

const isRule = / = rule\(\{$/m

/** Findings about each rule and about their index. Reads files only. */
export function checkRules(rules: readonly Rule[]): AuthoringFinding[] {
  const listed = new Set(listedIn('rules').values())
  const lost = sourcesBelow('rules')
    .filter((file) => !listed.has(file) && isRule.test(readProjectFile(file) ?? ''))
    .map((file) => findingOf('E3001', `${file}:1:1`, 'the rule is not in rules/index.ts'))
  return [...rules.flatMap(checkRule), ...lost]
}

/** Findings about one rule. */
export function checkRule(rule: Rule): AuthoringFinding[] {
  const path = listedIn('rules').get(rule.name) ?? `rules/${rule.name}.ts`
  const source = readProjectFile(path)
  if (source === undefined)
    return [findingOf('E3001', 'rules/index.ts:1:1', `the rule ${rule.name} has no file ${path}`)]
  const pattern = checkPattern(rule, path, source)
  return [
    ...checkNames(rule, path, source),
    ...pattern,
    ...checkPlaybooks(rule, path, source),
    ...checkExamples(path, source),
    // One finding per cause: events prove nothing about a pattern that is invalid.
    ...(pattern.length > 0 ? [] : checkEvents(rule, path, source)),
  ]
}

function checkNames({ name }: Rule, path: string, source: string): AuthoringFinding[] {
  if (source.includes(`export const ${exportOf(name)} = rule(`)) return []
  const { line, column } = textPlaceOf(source, /export const \w+ = rule/)
  return [
    findingOf('E3001', `${path}:${line}:${column}`, `the export of ${name} must be named ${exportOf(name)}`),
  ]
}

function checkPattern({ when }: Rule, path: string, source: string): AuthoringFinding[] {
  return problems(JSON.stringify(when), path).map(({ code, level, title, problem, path: at, why, fix }) => {
    const { line, column } = placeInWhen(source, when, at)
    return {
      code,
      level: isFatal(code) ? 'error' : level,
      title,
      problem: `${at} ${problem}`,
      where: `${path}:${line}:${column}`,
      why,
      fix,
    }
  })
}

function checkPlaybooks({ then }: Rule, path: string, source: string): AuthoringFinding[] {
  const known = new Set(playbooks.map(({ name }): string => name))
  return Object.keys(then)
    .filter((name) => !known.has(name))
    .map((name) => {
      const { line, column } = textPlaceOf(source, new RegExp(`'?${name}'?:`))
      return findingOf('E3007', `${path}:${line}:${column}`, `unknown playbook ${name}`)
    })
}

function checkExamples(path: string, source: string): AuthoringFinding[] {
  return [...source.matchAll(/\bidentifiers\.(\w+)\.example\b/g)].map(([text, identifier]) => {
    const { line, column } = textPlaceOf(source, text)
    return findingOf('W3104', `${path}:${line}:${column}`, `the target has the example of ${identifier}`)
  })
}

function checkEvents({ name, when }: Rule, path: string, source: string): AuthoringFinding[] {
  const folder = `test/events/${name}/`
  let samples: RecordedEvent[]
  try {
    samples = recordedEventsOf(name)
  } catch (error) {
    return [findingOf('E3002', folder, (error as Error).message)]
  }
  if (!samples.some(({ fires }) => fires))
    return [
      findingOf('E3002', folder, 'no event fires the rule', {
        fix: `Add ${folder}fires.json: an event as AWS delivers it.`,
      }),
    ]
  return unproved(when, samples).map((at) => {
    const { line, column } = placeInWhen(source, when, at)
    return findingOf('E3002', `${path}:${line}:${column}`, `no event needs ${at}`, {
      fix: `Add ${folder}not.json that differs from fires.json only in ${at}.`,
    })
  })
}
