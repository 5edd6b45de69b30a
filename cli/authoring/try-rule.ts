import { BadEvent } from '../../engine/errors.ts'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import type { Rule } from '../../engine/rule.ts'
import { targetsOf } from '../../engine/targets.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { explain } from '../../matching/explain.ts'
import { playbooks } from '../../playbooks/index.ts'
import type { AuthoringCheck, Trial } from './check.ts'
import { checkRule } from './check-rules.ts'
import { type RecordedEvent, recordedEventsOf } from './recorded-events.ts'

/** Checks a rule on its events: which match, where the others stop, and the targets of its playbooks. Calls no AWS service. */
export function tryRule(rule: Rule): Trial {
  const errors = checkRule(rule).filter(({ level }) => level === 'error')
  const sound = errors.map(({ code, problem, where, fix }) => ({
    what: 'sound',
    on: code,
    passed: false,
    says: problem,
    where,
    fix,
  }))
  if (errors.some(({ code }) => code.startsWith('E2')))
    return { kind: 'rule', name: rule.name, checks: sound }
  const samples = recordedEventsOf(rule.name)
  const checks = samples.flatMap((sample) => [matchOf(rule, sample), ...targetsIn(rule, sample)])
  return { kind: 'rule', name: rule.name, checks: [...checks, ...sound] }
}

function matchOf({ when }: Rule, { file, path, fires, event }: RecordedEvent): AuthoringCheck {
  const { matched, failed, sentence } = explain(when, event)
  const check = { what: fires ? 'match' : 'no match', on: file, passed: matched === fires }
  if (fires && matched) return check
  if (!fires && failed) return { ...check, says: `stopped at ${sentence}` }
  return {
    ...check,
    says: sentence,
    where: path,
    code: 'E3002',
    fix: fires
      ? 'Correct the event or the pattern, or rename the file to not-….json.'
      : 'Change one field of the event so that it narrowly fails to match.',
  }
}

function targetsIn(rule: Rule, { file, path, fires, event }: RecordedEvent): AuthoringCheck[] {
  if (!fires || !explain(rule.when, event).matched) return []
  const called = (playbooks as readonly AnyPlaybook[]).filter(({ name }) => rule.then[name])
  try {
    const aims = called.map((playbook) => [playbook.name, targetsOf(playbook, rule, event)] as const)
    const says = aims.map(([name, { targets }]) => `${name} ${targets.length}`).join(', ')
    return [
      { what: 'targets', on: file, passed: true, says: `${sanitize(aims[0]?.[1].subject ?? '')}: ${says}` },
    ]
  } catch (error) {
    if (!(error instanceof BadEvent)) throw error
    // Other files may record an event without a valid target; fires.json must have one.
    const plain = file === 'fires.json'
    const check = { what: 'targets', on: file, passed: !plain, says: `refused: ${sanitize(error.message)}` }
    if (!plain) return [check]
    return [
      {
        ...check,
        where: path,
        code: 'E3007',
        fix: 'Correct the event, or the function in `then`.',
      },
    ]
  }
}
