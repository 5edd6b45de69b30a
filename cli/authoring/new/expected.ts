import { pathToFileURL } from 'node:url'
import type { AnyPlaybook } from '../../../engine/playbook.ts'
import type { Event, Rule } from '../../../engine/rule.ts'
import { targetsOf } from '../../../engine/targets.ts'
import { indexRules } from '../../../matching/index-rules.ts'
import { rules } from '../../../rules/index.ts'
import { readProjectFile, root } from '../../shell/project.ts'
import { exportOf } from '../names.ts'
import type { FileDraft } from './draft.ts'
import { withKey, withoutKeys } from './insert.ts'

/** Account and Region of most events in test/events/, which the expectations leave out. */
const here = { account: '111122223333', region: 'us-east-1' }

/** What the new rule does with its events, as test/rules/expected.ts records it for review. */
export async function expectedOf(
  name: string,
  file: string,
  playbook: AnyPlaybook,
  events: FileDraft[],
): Promise<FileDraft[]> {
  const path = 'test/rules/expected.ts'
  const text = withoutKeys(readProjectFile(path) ?? '', name)
  const { [exportOf(name)]: rule } = (await import(pathToFileURL(root + file).href)) as Record<string, Rule>
  if (!rule) throw new Error(`${file} does not export ${exportOf(name)}.`)
  const index = indexRules([...rules.filter((one) => one.name !== name), rule])
  const entries = events.map(({ path: eventFile, text: json }) => {
    const event = JSON.parse(json) as Event
    const fires = index.matching(event)
    const found = fires.includes(name) ? targetsOf(playbook, rule, event) : undefined
    const aims = found?.targets.map(({ account, region, ...rest }) => ({
      ...(account !== here.account && { account }),
      ...(region !== here.region && { region }),
      ...rest,
    }))
    const expected = { fires, ...(found && { subject: found.subject, targets: { [playbook.name]: aims } }) }
    return `  '${name}/${eventFile.split('/').at(-1)?.replace('.json', '')}': ${JSON.stringify(expected)},`
  })
  return [{ path, text: withKey(text, /^export const expected/, name, entries.join('\n')), does: 'add' }]
}
