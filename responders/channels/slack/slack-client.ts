import type { KnownBlock } from '@slack/types'
import { slackOptions } from '../../messages/slack/message.ts'
import { callSlack, type SlackCaller, slackErrorCode } from './call-slack.ts'

/** A message: `text` is for notifications and for clients without blocks, so each must be complete without the other. */
export interface PostedMessage {
  text: string
  blocks?: KnownBlock[]
}

export interface SlackPlace {
  channel: string
  /** The timestamp of the thread's first message. */
  thread?: string | undefined
  /** The incident it is about, so that `find` recognises the message. */
  incident?: string
}

const { parse, link_names } = slackOptions

/** Slack's errors for a message that was deleted or may no longer be edited: a new one is posted. */
const notEditable = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed'])
const invalidBlocks = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long'])

/** The calls that Portcullis makes to Slack. */
export function slackClient(caller: SlackCaller) {
  const call = <T>(send: Parameters<typeof callSlack<T>>[0]): Promise<T> => callSlack(send, caller)

  return {
    /** Returns the timestamp, which identifies the message in its channel. */
    async post(message: PostedMessage, { channel, thread, incident }: SlackPlace): Promise<string> {
      const about = incident && {
        metadata: { event_type: 'portcullis_incident', event_payload: { incident } },
      }
      const where = { channel, ...slackOptions, ...about }
      const answer = await withFallback(message, (shape) =>
        call(({ chat }) =>
          // Two calls because the SDK's types take `thread_ts` or leave it out, not undefined.
          thread
            ? chat.postMessage({ ...where, ...shape, thread_ts: thread })
            : chat.postMessage({ ...where, ...shape }),
        ),
      )
      return answer.ts as string
    },
    /** Returns whether there was a message to edit. */
    async edit(message: PostedMessage, channel: string, ts: string): Promise<boolean> {
      try {
        // Slack keeps the old blocks when none are given; an empty list removes them.
        await withFallback(message, ({ text, blocks = [] }) =>
          call(({ chat }) => chat.update({ channel, ts, text, blocks, parse, link_names })),
        )
        return true
      } catch (error) {
        if (notEditable.has(slackErrorCode(error) ?? '')) return false
        throw error
      }
    },
    /** The message about an incident that a function may have posted since, before it died without recording it. */
    async find(incident: string, channel: string, since: string): Promise<string | undefined> {
      const oldest = String(Date.parse(since) / 1000 - 60)
      const asked = { channel, oldest, include_all_metadata: true, limit: 200 } as const
      // The bot may lack the scope to read the channel; then the message is posted again.
      const answer = await call(({ conversations }) => conversations.history(asked)).catch(() => undefined)
      const of = (one: { metadata?: { event_payload?: unknown } }) =>
        (one.metadata?.event_payload as { incident?: string } | undefined)?.incident
      return answer?.messages?.find((one) => of(one) === incident)?.ts
    },
    link: (channel: string, message_ts: string): Promise<string | undefined> =>
      call(({ chat }) => chat.getPermalink({ channel, message_ts })).then(
        ({ permalink }) => permalink,
        // The link is optional.
        () => undefined,
      ),
  }
}

// Falls back to plain text when Slack refuses the blocks.
async function withFallback<T>(
  { text, blocks }: PostedMessage,
  send: (message: PostedMessage) => Promise<T>,
): Promise<T> {
  try {
    return await send({ text, ...(blocks && { blocks }) })
  } catch (error) {
    if (!blocks || !invalidBlocks.has(slackErrorCode(error) ?? '')) throw error
    console.error(
      JSON.stringify({ level: 'ERROR', message: 'Slack refused the blocks', error: String(error) }),
    )
    return send({ text })
  }
}
