import { recordNotice } from '../../engine/journal/journal.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { messageKeyOf } from './news.ts'
import { channelNamed } from './registry.ts'
import { type DeliveryTask, mayRetry, retryDelaySeconds, scheduleRetry } from './retry.ts'
import { RetryLater } from './retry-later.ts'
import { type MessageRow, patchRow, readRow } from './row.ts'
import type { ChannelSettings } from './settings.ts'

/** A channel that asks to wait is reported as failing once it has done so this many times in a row. */
const maxQuietTries = 3

/**
 * Records that a message could not be delivered, notifies the other channels at most once an hour, and schedules the
 * next try. Throws when that fails as well.
 */
export async function deliveryFailed(
  task: DeliveryTask,
  error: unknown,
  settings: ChannelSettings,
): Promise<void> {
  const { news, channel, tries } = task
  const why = sanitize(reasonOf(error))
  const again = mayRetry(task) && settings.retry !== undefined
  console.error(
    JSON.stringify({ level: again ? 'WARN' : 'ERROR', message: 'not delivered', ...task, error: why }),
  )

  const key = messageKeyOf(news, channel)
  const row = await readRow<MessageRow>(key, settings.table)
  const now = new Date()
  const seconds = retryDelaySeconds(task, error instanceof RetryLater ? error.seconds : 0)
  // One chain of retries is enough, however many changes arrive while the channel is down.
  const isScheduled = tries === 0 && (row?.retryUntil ?? 0) > now.getTime()
  const retryUntil = again && !isScheduled ? { retryUntil: now.getTime() + (seconds + 60) * 1000 } : {}
  await patchRow<MessageRow>(
    key,
    { channel, state: 'failed', why, at: now.toISOString(), ...retryUntil },
    settings.table,
  )

  if (!(error instanceof RetryLater) || tries >= maxQuietTries)
    await reportFailure(channel, why, now.toISOString(), settings)
  if (settings.retry === undefined) throw error
  if (again && !isScheduled) await scheduleRetry(task, seconds, settings.retry)
}

async function reportFailure(
  channel: string,
  why: string,
  at: string,
  { table }: ChannelSettings,
): Promise<void> {
  const { title } = channelNamed(channel)
  const says = `${title} could not be updated: ${why}. Portcullis tries again; until then its messages may be out of date.`
  const id = `${failureNoticePrefix(channel)}${at.slice(0, 13)}`
  await recordNotice({ id, kind: 'trouble', playbook: 'announce', rule: title, says, at }, { table })
}

/** The message of an error and of its root cause: a client's own message about a broken connection says too little. */
function reasonOf(error: unknown): string {
  if (error instanceof RetryLater) return error.message
  let root = error
  while (root instanceof Error && root.cause !== undefined) root = root.cause
  const [message, cause] = [error, root].map((one) => (one instanceof Error ? one.message : String(one)))
  return message?.includes(cause ?? '') ? message : `${message} (${cause})`
}

/** The ids of notices about a failing channel begin so: the channel itself does not get them. */
export const failureNoticePrefix = (channel: string): string => `channel#${channel}#`
