import { identifiers } from '../../engine/identifiers.ts'
import type { AnyPlaybook, Grant } from '../../engine/playbook.ts'
import { listedIn, readProjectFile, sourcesBelow } from '../shell/project.ts'
import { undeclared } from './calls.ts'
import { type AuthoringFinding, findingOf } from './finding.ts'
import { exportOf } from './names.ts'
import { textPlaceOf } from './place.ts'
import { recordedStates } from './states.ts'

/** Findings about each playbook and about their index. Reads files only. */
export function checkPlaybooks(playbooks: readonly AnyPlaybook[]): AuthoringFinding[] {
  const listed = new Set(listedIn('playbooks').values())
  const lost = sourcesBelow('playbooks')
    .filter((file) => !listed.has(file) && / = playbook\(\{$/m.test(readProjectFile(file) ?? ''))
    .map((file) => findingOf('E3001', `${file}:1:1`, 'the playbook is not in playbooks/index.ts'))
  return [...playbooks.flatMap(checkPlaybook), ...lost]
}

/** Findings about one playbook. */
export function checkPlaybook(playbook: AnyPlaybook): AuthoringFinding[] {
  const path = listedIn('playbooks').get(playbook.name) ?? `playbooks/${playbook.name}.ts`
  const source = readProjectFile(path)
  if (source === undefined)
    return [findingOf('E3001', 'playbooks/index.ts:1:1', `the playbook ${playbook.name} has no file ${path}`)]
  const at = (what: string | RegExp) => {
    const { line, column } = textPlaceOf(source, what)
    return `${path}:${line}:${column}`
  }
  return [
    ...checkNames(playbook, source, at),
    ...checkParts(playbook, at),
    ...checkGrants(playbook, at),
    ...undeclared(playbook).map(({ action, path: file, line, column }) =>
      findingOf('E3004', `${file}:${line}:${column}`, `${action} is called and not declared`, {
        fix: `Add '${action}' to reads or writes in ${path}, or remove the call.`,
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
            `the export of ${name} must be named ${exportOf(name)}`,
          ),
        ]),
    ...unknown.map((key) => findingOf('E3007', at(key), `engine/identifiers.ts has no identifier ${key}`)),
  ]
}

function checkParts({ name, copy }: AnyPlaybook, at: At): AuthoringFinding[] {
  const scenes = readProjectFile('test/scenes/index.ts') ?? ''
  return [
    ...(scenes.includes(`/${name}.ts'`)
      ? []
      : [
          findingOf('E3005', at('name:'), `test/scenes/index.ts has no scene of ${name}`, {
            fix: `Write the scene in test/scenes/ and add it to test/scenes/index.ts.`,
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

/** A service prefix and an operation; API Gateway has HTTP methods. Source: IAM User Guide, "IAM JSON policy elements: Action". */
const action = /^[a-z][a-z0-9-]*:([A-Z][A-Za-z0-9]*\*?|\*)$/

function checkGrants({ reads, writes }: AnyPlaybook, at: At): AuthoringFinding[] {
  return Object.entries({ ...reads, ...writes } as Record<string, Grant>).flatMap(([name, grant]) => {
    const where = at(`'${name}'`)
    if (!action.test(name)) return [findingOf('E3003', where, `${name} is not a valid IAM action`)]
    if (name.endsWith(':*'))
      return [
        findingOf('E3003', where, `${name} grants every action of the service`, {
          fix: 'Name each action that the playbook calls.',
        }),
      ]
    const places = typeof grant === 'object' && !Array.isArray(grant) ? grant.on : grant
    return [places].flat().flatMap((place) =>
      place === '*' || /^arn:aws:[a-z0-9-]+:[^:]*:[^:]*:.+$/.test(place)
        ? []
        : [
            findingOf('E3003', where, `${place} is not a valid ARN`, {
              fix: 'Write "*" or arn:aws:<service>:<region>:<account>:…',
            }),
          ],
    )
  })
}
