import type { KnownBlock } from '@slack/types'
import { slackOptions } from '../messages/slack.ts'
import { callSlack, codeOf, type SlackCaller } from './slack-api.ts'

/** What is shown: `text` where blocks are not, and both stand alone. */
export interface PostedMessage {
  text: string
  blocks?: KnownBlock[]
}

export interface SlackPlace {
  channel: string
  /** The first message of the thread it belongs in. */
  thread?: string | undefined
  /** The incident it is about, for who finds the message. */
  incident?: string
}

const { parse, link_names } = slackOptions

/** A person who deleted the message, or a workspace that lets nobody edit it any more, gets a new one. */
const gone = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed'])
const unshowable = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long'])

/** What Portcullis asks of Slack. */
export function slackFor(caller: SlackCaller) {
  const call = <T>(send: Parameters<typeof callSlack<T>>[0]): Promise<T> => callSlack(send, caller)

  return {
    /** Gives the timestamp that names the message in its channel. */
    async post(message: PostedMessage, { channel, thread, incident }: SlackPlace): Promise<string> {
      const about = incident && {
        metadata: { event_type: 'portcullis_incident', event_payload: { incident } },
      }
      const where = { channel, ...slackOptions, ...about }
      const answer = await shown(message, (shape) =>
        call(({ chat }) =>
          // Two calls for the types: a thread is there or it is not.
          thread
            ? chat.postMessage({ ...where, ...shape, thread_ts: thread })
            : chat.postMessage({ ...where, ...shape }),
        ),
      )
      return answer.ts as string
    },
    /** Whether there was a message to edit. */
    async edit(message: PostedMessage, channel: string, ts: string): Promise<boolean> {
      try {
        // Without blocks it keeps those it has: an empty list takes them away.
        await shown(message, ({ text, blocks = [] }) =>
          call(({ chat }) => chat.update({ channel, ts, text, blocks, parse, link_names })),
        )
        return true
      } catch (error) {
        if (gone.has(codeOf(error) ?? '')) return false
        throw error
      }
    },
    /** The message about an incident that may have been posted since, by a function that died before it wrote so. */
    async find(incident: string, channel: string, since: string): Promise<string | undefined> {
      const oldest = String(Date.parse(since) / 1000 - 60)
      const asked = { channel, oldest, include_all_metadata: true, limit: 200 } as const
      // Reading the channel is a right that the bot need not have: then it is posted again.
      const answer = await call(({ conversations }) => conversations.history(asked)).catch(() => undefined)
      const of = (one: { metadata?: { event_payload?: unknown } }) =>
        (one.metadata?.event_payload as { incident?: string } | undefined)?.incident
      return answer?.messages?.find((one) => of(one) === incident)?.ts
    },
    link: (channel: string, message_ts: string): Promise<string | undefined> =>
      call(({ chat }) => chat.getPermalink({ channel, message_ts })).then(
        ({ permalink }) => permalink,
        // Good to have, and nothing that people must be told.
        () => undefined,
      ),
  }
}

// Better told in plain text than not at all.
async function shown<T>(
  { text, blocks }: PostedMessage,
  send: (message: PostedMessage) => Promise<T>,
): Promise<T> {
  try {
    return await send({ text, ...(blocks && { blocks }) })
  } catch (error) {
    if (!blocks || !unshowable.has(codeOf(error) ?? '')) throw error
    console.error(
      JSON.stringify({ level: 'ERROR', message: 'Slack does not show these blocks', error: String(error) }),
    )
    return send({ text })
  }
}
