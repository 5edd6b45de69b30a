import { GetCommand } from '@aws-sdk/lib-dynamodb'
import { type Pauses, pauseKey } from '../engine/pause.ts'
import { table } from '../engine/table.ts'
import { inert } from '../messages/inert.ts'
import { reasonWords, whoWords } from '../messages/who.ts'

/** What is held back in a stage at this moment. */
export async function readPauses(name: string, now: Date): Promise<Pauses> {
  const { Item } = await table().send(new GetCommand({ TableName: name, Key: pauseKey }))
  const paused = (Item?.paused ?? {}) as Pauses
  return Object.fromEntries(
    Object.entries(paused).filter(([, pause]) => pause && pause.until > now.toISOString()),
  )
}

/** The first thing to know of a stage that is paused. */
export const pauseLines = (pauses: Pauses): string[] =>
  Object.entries(pauses).flatMap(([what, pause]) => {
    if (!pause) return []
    const named = what === 'all' ? 'every playbook' : inert(what, 60)
    const until = inert(pause.until, 30)
      .replace(/:\d\d(\.\d+)?Z$/, ' UTC')
      .replace('T', ' ')
    return [`PAUSED  ${named} until ${until} ${whoWords(pause.by)}${reasonWords(pause.by.reason)}`]
  })
