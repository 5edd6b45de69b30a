import type { Decision } from '../../engine/journal/record.ts'
import { callSlack } from '../channels/slack-api.ts'
import { escaped } from '../messages/blocks.ts'
import type { Claim } from './order.ts'

export type Click = Extract<Claim, { how: 'slack' }>

/** Nobody waits longer for a busy Slack: what is decided is decided. */
const patienceMs = 10_000

/** A call to Slack that may fail by itself: then that is in the log, and it gives nothing. */
export async function trySlack<T>(
  send: Parameters<typeof callSlack<T>>[0],
  prefix: string,
): Promise<T | undefined> {
  try {
    return await callSlack(send, { prefix, until: Date.now() + patienceMs })
  } catch (error) {
    console.error(JSON.stringify({ level: 'ERROR', message: 'Slack was not told', error: String(error) }))
    return undefined
  }
}

/**
 * Tells whoever clicked, and nobody else, what became of it: where it was carried out, the message itself says it.
 * Not through the click's `response_url`: that is an address out of a payload.
 */
export async function whisper(
  { user, channel }: Click,
  { outcome, says }: Pick<Decision, 'outcome' | 'says'>,
  prefix: string,
): Promise<void> {
  if (outcome === 'done' || !channel) return
  const text = escaped(says)
  await trySlack((slack) => slack.chat.postEphemeral({ channel, user, text }), prefix)
}
