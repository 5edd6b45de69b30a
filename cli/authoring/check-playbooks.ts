import type { AnyPlaybook, Grant } from '../../engine/playbook.ts'
import { identifiers } from '../../engine/target.ts'
import { listedIn, readProjectFile, sourcesBelow } from '../shell/project.ts'
import { undeclared } from './calls.ts'
import { type AuthoringFinding, findingOf } from './finding.ts'
import { exportOf } from './names.ts'
import { textPlaceOf } from './place.ts'
import { recordedStates } from './states.ts'

/** What is wrong with the playbooks, each by itself, and with their index. Reads files only. */
export function checkPlaybooks(playbooks: readonly AnyPlaybook[]): AuthoringFinding[] {
  const listed = new Set(listedIn('playbooks').values())
  const lost = sourcesBelow('playbooks')
    .filter((file) => !listed.has(file) && / = playbook\(\{$/m.test(readProjectFile(file) ?? ''))
    .map((file) => findingOf('E3001', `${file}:1:1`, 'the playbook is not in playbooks/index.ts'))
  return [...playbooks.flatMap(checkPlaybook), ...lost]
}

/** What is wrong with one playbook. */
export function checkPlaybook(playbook: AnyPlaybook): AuthoringFinding[] {
  const path = listedIn('playbooks').get(playbook.name) ?? `playbooks/${playbook.name}.ts`
  const source = readProjectFile(path)
  if (source === undefined)
    return [findingOf('E3001', 'playbooks/index.ts:1:1', `there is no ${path} for ${playbook.name}`)]
  const at = (what: string | RegExp) => {
    const { line, column } = textPlaceOf(source, what)
    return `${path}:${line}:${column}`
  }
  return [
    ...checkNames(playbook, source, at),
    ...checkParts(playbook, at),
    ...checkGrants(playbook, at),
    ...undeclared(playbook).map(({ action, path: file, line, column }) =>
      findingOf('E3004', `${file}:${line}:${column}`, `${action} is used and not declared`, {
        fix: `Add '${action}' to reads or writes of ${path}, or do not call it.`,
      }),
    ),
  ]
}

type At = (what: string | RegExp) => string

function checkNames({ name, target }: AnyPlaybook, source: string, at: At): AuthoringFinding[] {
  const exported = `export const ${exportOf(name)} = playbook(`
  const unknown = target.filter((key) => !Object.hasOwn(identifiers, key))
  return [
    ...(source.includes(exported)
      ? []
      : [
          findingOf(
            'E3001',
            at(/export const \w+ = playbook/),
            `the export of ${name} is to be ${exportOf(name)}`,
          ),
        ]),
    ...unknown.map((key) => findingOf('E3007', at(key), `there is no identifier ${key} in engine/target.ts`)),
  ]
}

function checkParts({ name, copy }: AnyPlaybook, at: At): AuthoringFinding[] {
  const scenes = readProjectFile('test/scenes/index.ts') ?? ''
  return [
    ...(scenes.includes(`/${name}.ts'`)
      ? []
      : [
          findingOf('E3005', at('name:'), `test/scenes/index.ts has no scene of ${name}`, {
            fix: `Write test/scenes/${name}.ts and add it to test/scenes/index.ts.`,
          }),
        ]),
    ...Object.entries(copy).flatMap(([which, sentence]) =>
      sentence.replaceAll('{target}', '').match(/[{}]|^\s*$/)
        ? [findingOf('W3102', at(`${which}:`), `the sentence "${sentence}" cannot be completed`)]
        : [],
    ),
    ...(recordedStates(name).length > 0
      ? []
      : [findingOf('W3103', at('name:'), `test/states/ has no state of ${name}`)]),
  ]
}

/** Source: IAM User Guide, "Action": a service's prefix, and an operation; API Gateway has HTTP methods. */
const action = /^[a-z][a-z0-9-]*:([A-Z][A-Za-z0-9]*\*?|\*)$/

function checkGrants({ reads, writes }: AnyPlaybook, at: At): AuthoringFinding[] {
  return Object.entries({ ...reads, ...writes } as Record<string, Grant>).flatMap(([name, grant]) => {
    const where = at(`'${name}'`)
    if (!action.test(name)) return [findingOf('E3003', where, `${name} is no action of IAM`)]
    if (name.endsWith(':*'))
      return [
        findingOf('E3003', where, `${name} is everything a service can do`, {
          fix: 'Name each action that is used.',
        }),
      ]
    const places = typeof grant === 'object' && !Array.isArray(grant) ? grant.on : grant
    return [places].flat().flatMap((place) =>
      place === '*' || /^arn:aws:[a-z0-9-]+:[^:]*:[^:]*:.+$/.test(place)
        ? []
        : [
            findingOf('E3003', where, `${place} is no ARN`, {
              fix: 'Write "*" or arn:aws:<service>:<region>:<account>:…',
            }),
          ],
    )
  })
}
