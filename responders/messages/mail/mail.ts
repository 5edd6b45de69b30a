import { shorten } from '../../../lib/text/defang.ts'
import { wrap } from '../../../lib/text/wrap.ts'
import { incidentText } from '../text/incident-text.ts'
import type { IncidentView } from '../view/incident-view.ts'
import { linkText, type MailOptions, mailHtml } from './html.ts'

export interface IncidentMail {
  subject: string
  text: string
  html: string
  headers: { name: string; value: string }[]
}

/** Longer subjects are cut off on a phone. */
const maxSubject = 120

/** An incident as a mail: text and HTML with the same content, and headers that thread its mails. */
export function mailOf(whole: IncidentView, options: MailOptions): IncidentMail {
  const view = bounded(whole)
  return {
    subject: subjectOf(view),
    text: letterOf(view, options),
    html: mailHtml(view, options),
    headers: headersOf(view, options),
  }
}

/** Mail clients cut a message off at about 100 kB. */
const maxParts = 10

function bounded(view: IncidentView): IncidentView {
  const rest = view.parts.length - maxParts
  if (rest <= 0) return view
  const more = `And ${rest} more: portcullis incidents show ${view.incident}`
  return { ...view, parts: view.parts.slice(0, maxParts), notes: [...view.notes, more] }
}

function subjectOf({ severity, header, state, incident, decideBy }: IncidentView): string {
  const level = severity.charAt(0).toUpperCase() + severity.slice(1)
  const by = decideBy ? ` by ${decideBy.slice(11, 16)} UTC` : ''
  const says = state === 'approval-needed' ? header.replace(/^Approval needed/, `Approve${by}`) : header
  const [front, back] = [`[${level}] `, ` (${incident})`]
  return `${front}${shorten(says, maxSubject - front.length - back.length)}${back}`
}

function letterOf(view: IncidentView, { link, to }: MailOptions): string {
  const review = link ? [`${linkText(view)} (opening the link changes nothing):`, `  ${link}`, ''] : []
  return [incidentText(view, review), '', ...wrap(`Sent to: ${to}`)].join('\n')
}

/**
 * One id for each incident threads its mails. No mail has it as its Message-ID, because SES sets its own. Sources:
 * RFC 3834 (Auto-Submitted), RFC 5322 section 3.6.4, SES developer guide, "Amazon SES header fields".
 */
function headersOf({ incident }: IncidentView, { first }: MailOptions): IncidentMail['headers'] {
  const thread = `<${incident.replace(/[^\w-]/g, '')}@portcullis>`
  return [
    { name: 'Auto-Submitted', value: 'auto-generated' },
    { name: 'References', value: thread },
    ...(first ? [] : [{ name: 'In-Reply-To', value: thread }]),
  ]
}
