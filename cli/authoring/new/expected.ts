import { pathToFileURL } from 'node:url'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import type { Event, Rule } from '../../engine/rule.ts'
import { targetsOf } from '../../engine/targets.ts'
import { indexRules } from '../../matching/index-rules.ts'
import { rules } from '../../rules/index.ts'
import { listedIn, readProjectFile, root } from '../shell/project.ts'
import type { FileDraft } from './draft.ts'
import { withKey, withoutKeys } from './insert.ts'
import { exportOf } from './names.ts'

/** Where most events of test/events/ happen: the expectations do not repeat it. */
const here = { account: '111122223333', region: 'us-east-1' }

/** What the rule does by its own account, now that it is there; whether that is right, its author sees. */
export async function expectedOf(
  name: string,
  playbook: AnyPlaybook,
  events: FileDraft[],
): Promise<FileDraft[]> {
  const path = 'test/rules/expected.ts'
  const text = withoutKeys(readProjectFile(path) ?? '', name)
  const { [exportOf(name)]: rule } = (await import(
    pathToFileURL(root + (listedIn('rules').get(name) ?? `rules/${name}.ts`)).href
  )) as Record<string, Rule>
  if (!rule) return []
  const index = indexRules([...rules.filter((one) => one.name !== name), rule])
  const entries = events.map(({ path: file, text: json }) => {
    const event = JSON.parse(json) as Event
    const fires = index.matching(event)
    const found = fires.includes(name) ? targetsOf(playbook, rule, event) : undefined
    const aims = found?.targets.map(({ account, region, ...rest }) => ({
      ...(account !== here.account && { account }),
      ...(region !== here.region && { region }),
      ...rest,
    }))
    const said = { fires, ...(found && { subject: found.subject, targets: { [playbook.name]: aims } }) }
    return `  '${name}/${file.split('/').at(-1)?.replace('.json', '')}': ${JSON.stringify(said)},`
  })
  return [{ path, text: withKey(text, /^export const expected/, name, entries.join('\n')), does: 'add' }]
}
