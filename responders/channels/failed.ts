import { recordNotice } from '../../engine/journal/journal.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import type { ChannelName } from './channel.ts'
import { keyOf } from './news.ts'
import { type DeliveryTask, delayOf, goesOn, putOff } from './retry.ts'
import { RetryLater } from './retry-later.ts'
import { type MessageRow, patchRow, readRow } from './row.ts'
import type { ChannelSettings } from './settings.ts'

/** A channel that only asks to wait is in trouble when it has done so this often. */
const patience = 3

const titles: Record<ChannelName, string> = { slack: 'Slack', mail: 'Mail', sns: 'SNS' }

/**
 * Writes down that a channel could not be brought up to date, tells the others once an hour, and has it tried again.
 * Throws when that cannot be done either.
 */
export async function deliveryFailed(
  errand: DeliveryTask,
  error: unknown,
  settings: ChannelSettings,
): Promise<void> {
  const { news, channel, tries } = errand
  const why = sanitize(reasonOf(error))
  const again = goesOn(errand) && settings.retry !== undefined
  console.error(
    JSON.stringify({ level: again ? 'WARN' : 'ERROR', message: 'not told', ...errand, error: why }),
  )

  const key = keyOf(news, channel)
  const row = await readRow<MessageRow>(key, settings.table)
  const now = new Date()
  const seconds = delayOf(errand, error instanceof RetryLater ? error.seconds : 0)
  // One chain of tries is enough, however many changes find the channel down.
  const isComing = tries === 0 && (row?.retryUntil ?? 0) > now.getTime()
  const retryUntil = again && !isComing ? { retryUntil: now.getTime() + (seconds + 60) * 1000 } : {}
  await patchRow<MessageRow>(
    key,
    { channel, state: 'failed', why, at: now.toISOString(), ...retryUntil },
    settings.table,
  )

  if (!(error instanceof RetryLater) || tries >= patience)
    await trouble(channel, why, now.toISOString(), settings)
  if (settings.retry === undefined) throw error
  if (again && !isComing) await putOff(errand, seconds, settings.retry)
}

async function trouble(
  channel: ChannelName,
  why: string,
  at: string,
  { table }: ChannelSettings,
): Promise<void> {
  const says = `${titles[channel]} could not be brought up to date: ${why}. It is tried again; what it shows may be old.`
  const notice = {
    id: `${failureAbout(channel)}${at.slice(0, 13)}`,
    kind: 'trouble',
    playbook: 'announce',
  } as const
  await recordNotice({ ...notice, rule: titles[channel], says, at }, { table })
}

/** What it says, and what was at the bottom of it: a client's own words for a broken network say nothing. */
function reasonOf(error: unknown): string {
  if (error instanceof RetryLater) return error.message
  let root = error
  while (root instanceof Error && root.cause !== undefined) root = root.cause
  const [said, cause] = [error, root].map((one) => (one instanceof Error ? one.message : String(one)))
  return said?.includes(cause ?? '') ? said : `${said} (${cause})`
}

/** How the ids of notices about a channel begin: that channel is not told of them. */
export const failureAbout = (channel: ChannelName): string => `channel#${channel}#`
