import type { Responders } from '../../../local/responders.ts'

/** A message that a local responder received. */
export interface DevPost {
  channel: 'slack' | 'mail'
  /** `#sec-oncall`, `maria@example.com`. */
  to: string
  /** A new message, an update, or a reply in a thread. */
  how: 'new' | 'edited' | 'reply'
  says: string
  /** Number of replies in a thread, of which only the last is reported. */
  count?: number
  /** Where to view it. */
  url: string
}

const shown = new Map<string, DevPost['how']>([
  ['chat.postMessage', 'new'],
  ['chat.update', 'edited'],
])

/** Returns a function that returns the messages since its last call. */
export function postedMessages({ slack, mails, mailPage }: Responders): () => Promise<DevPost[]> {
  const channels = new Map(Object.entries(slack.channels).map(([name, id]) => [id as string, `#${name}`]))
  let [calls, letters] = [0, 0]
  return async () => {
    const all = await mails()
    const fresh = slack.calls.slice(calls)
    const posted = fresh.flatMap(({ method, body, status, error }): DevPost[] => {
      const how = shown.get(method)
      if (!how || status !== 200 || error) return []
      return [
        {
          channel: 'slack',
          to: channels.get(String(body.channel)) ?? String(body.channel),
          how: body.thread_ts ? 'reply' : how,
          says: String(body.text),
          url: slack.inspector,
        },
      ]
    })
    const sent = all.slice(letters).map(
      ({ to, subject }): DevPost => ({
        channel: 'mail',
        to: to.join(', '),
        how: 'new',
        says: subject,
        url: mailPage,
      }),
    )
    ;[calls, letters] = [slack.calls.length, all.length]
    return [...gathered(posted), ...sent]
  }
}

/** Reduces the replies in a thread to the last one, with their number. */
function gathered(posted: DevPost[]): DevPost[] {
  const replies = Map.groupBy(
    posted.filter(({ how }) => how === 'reply'),
    ({ to }) => to,
  )
  const last = [...replies.values()].map((all) => ({ ...(all.at(-1) as DevPost), count: all.length }))
  return [...posted.filter(({ how }) => how !== 'reply'), ...last]
}
