import { mailOf } from '../mail/mail.ts'
import { slackMessage } from '../slack/message.ts'
import { incidentText } from '../text/incident-text.ts'
import type { IncidentState } from '../view/incident-view.ts'
import { viewOf } from '../view/view-of.ts'
import { sampleNow, sampleOf } from './samples.ts'

/** The surfaces on which a message can be previewed. */
export const surfaces = ['slack', 'mail', 'text'] as const
export type Surface = (typeof surfaces)[number]

/** A sample in a state, as it is sent: Slack's JSON, a mail with its headers and both parts, or text. */
export function previewMessage(state: IncidentState, to: Surface, { hostile = false } = {}): string {
  const view = viewOf(sampleOf(state, { hostile }), sampleNow)
  if (to === 'slack') return JSON.stringify(slackMessage(view, { mention: 'S0123ABCD' }), null, 2)
  if (to === 'text') return incidentText(view)
  const link = `https://portcullis.example.com/i/${view.incident}?t=sample`
  const { subject, text, html, headers } = mailOf(view, { link, to: 'sec-oncall', first: true })
  const head = [...headers, { name: 'Subject', value: subject }].map(({ name, value }) => `${name}: ${value}`)
  return [...head, '', '--- text/plain', text, '', '--- text/html', html].join('\n')
}
