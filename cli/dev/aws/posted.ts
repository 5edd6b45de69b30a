import type { Responders } from '../../../local/responders.ts'

/** A message that people got. */
export interface Posted {
  channel: 'slack' | 'mail'
  /** `#sec-oncall`, `maria@example.com`. */
  to: string
  /** Posted anew, brought up to date, or below another one. */
  how: 'new' | 'edited' | 'reply'
  says: string
  /** Of replies in one thread, of which only the last is told. */
  count?: number
  /** Where to look at it. */
  url: string
}

const shown = new Map<string, Posted['how']>([
  ['chat.postMessage', 'new'],
  ['chat.update', 'edited'],
])

/** Gives what people got since the last time. */
export function postOf({ slack, mails, mailPage }: Responders): () => Promise<Posted[]> {
  const rooms = new Map(Object.entries(slack.channels).map(([name, id]) => [id as string, `#${name}`]))
  let [calls, letters] = [0, 0]
  return async () => {
    const all = await mails()
    const fresh = slack.calls.slice(calls)
    const posted = fresh.flatMap(({ method, body, status, error }): Posted[] => {
      const how = shown.get(method)
      if (!how || status !== 200 || error) return []
      return [
        {
          channel: 'slack',
          to: rooms.get(String(body.channel)) ?? String(body.channel),
          how: body.thread_ts ? 'reply' : how,
          says: String(body.text),
          url: slack.inspector,
        },
      ]
    })
    const sent = all.slice(letters).map(
      ({ to, subject }): Posted => ({
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

/** A thread that fills tells by its last reply. */
function gathered(posted: Posted[]): Posted[] {
  const replies = Map.groupBy(
    posted.filter(({ how }) => how === 'reply'),
    ({ to }) => to,
  )
  const last = [...replies.values()].map((all) => ({ ...(all.at(-1) as Posted), count: all.length }))
  return [...posted.filter(({ how }) => how !== 'reply'), ...last]
}
