import { GetCommand } from '@aws-sdk/lib-dynamodb'
import { type Pauses, pauseKey } from '../../../engine/journal/pause.ts'
import { table } from '../../../lib/dynamodb/table.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import { reasonWords, whoWords } from '../../../responders/messages/format/who.ts'

/** The pauses of a stage that are in effect at `now`. */
export async function readPauses(name: string, now: Date): Promise<Pauses> {
  const { Item } = await table().send(new GetCommand({ TableName: name, Key: pauseKey }))
  const paused = (Item?.paused ?? {}) as Pauses
  return Object.fromEntries(
    Object.entries(paused).filter(([, pause]) => pause && pause.until > now.toISOString()),
  )
}

/** One line per pause: what is paused, until when, by whom and why. */
export const pauseLines = (pauses: Pauses): string[] =>
  Object.entries(pauses).flatMap(([what, pause]) => {
    if (!pause) return []
    const named = what === 'all' ? 'every playbook' : sanitize(what, 60)
    const until = sanitize(pause.until, 30)
      .replace(/:\d\d(\.\d+)?Z$/, ' UTC')
      .replace('T', ' ')
    return [`PAUSED  ${named} until ${until} ${whoWords(pause.by)}${reasonWords(pause.by.reason)}`]
  })
