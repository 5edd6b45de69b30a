import { defang } from '../../../lib/text/defang.ts'
import { codeSpan, context, escaped, header, mrkdwn, plainText, section } from './blocks.ts'
import { fitToLimits, type SlackMessage } from './limits.ts'

/** Many similar incidents in a short time, shown under one message. */
export interface FloodedIncidents {
  rule: string
  because: string
  count: number
  incidents: string[]
}

/** How many incidents are named; the thread has all of them. */
const maxNamed = 20

export function slackFlood({ rule, because, count, incidents }: FloodedIncidents): SlackMessage {
  const title = `${count} similar incidents: ${defang(rule, 100)}`
  const named = incidents.slice(0, maxNamed).map((id) => codeSpan(defang(id, 40)))
  const rest = count - named.length
  const list = `${named.join(' ')}${rest > 0 ? ` and ${rest} more` : ''}`
  const next = 'Each incident has its own message and buttons in the thread below.'
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
