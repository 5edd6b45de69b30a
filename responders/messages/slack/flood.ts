import { defang } from '../../../lib/text/defang.ts'
import { codeSpan, context, escaped, header, mrkdwn, plainText, section } from './blocks.ts'
import { fitToLimits, type SlackMessage } from './limits.ts'

/** Many like incidents at once: what the parent of their messages says, one line for all. */
export interface FloodedIncidents {
  rule: string
  because: string
  count: number
  incidents: string[]
}

/** As many are named; the thread below has them all. */
const mostNamed = 20

export function slackFlood({ rule, because, count, incidents }: FloodedIncidents): SlackMessage {
  const title = `${count} like incidents: ${defang(rule, 100)}`
  const named = incidents.slice(0, mostNamed).map((id) => codeSpan(defang(id, 40)))
  const rest = count - named.length
  const list = `${named.join(' ')}${rest > 0 ? ` and ${rest} more` : ''}`
  const next = 'Each has its message, with its own buttons, in the thread below.'
  return fitToLimits(
    escaped(`${title}. ${defang(because)} ${next}`),
    [
      { block: header(title) },
      { block: section(plainText(defang(because))) },
      { block: section(mrkdwn(`*${next}*`)) },
      { block: context(mrkdwn(list)), drop: 1 },
    ],
    context(mrkdwn(`… more in ${codeSpan('portcullis incidents')}`)),
  )
}
