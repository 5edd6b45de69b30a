import type { Decision } from '../../../engine/journal/record.ts'
import { callSlack } from '../../channels/slack/call-slack.ts'
import { escaped } from '../../messages/slack/blocks.ts'
import type { Claim } from '../order.ts'

export type SlackClaim = Extract<Claim, { how: 'slack' }>

/** How long feedback may wait for Slack; the decision does not depend on it. */
const patienceMs = 10_000

/** Calls Slack; when that fails, logs the error and resolves to undefined. */
export async function trySlack<T>(
  send: Parameters<typeof callSlack<T>>[0],
  prefix: string,
): Promise<T | undefined> {
  try {
    return await callSlack(send, { prefix, until: Date.now() + patienceMs })
  } catch (error) {
    console.error(
      JSON.stringify({ level: 'ERROR', message: 'Slack feedback not sent', error: String(error) }),
    )
    return undefined
  }
}

/**
 * Tells only the person who clicked why nothing was done; when it was done, the incident's message shows it. The
 * click's `response_url` is not used: it is an address taken from a payload.
 */
export async function replyPrivately(
  { user, channel }: SlackClaim,
  { outcome, says }: Pick<Decision, 'outcome' | 'says'>,
  prefix: string,
): Promise<void> {
  if (outcome === 'done' || !channel) return
  const text = escaped(says)
  await trySlack((slack) => slack.chat.postEphemeral({ channel, user, text }), prefix)
}
