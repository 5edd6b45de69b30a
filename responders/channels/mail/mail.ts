import { mailOf } from '../../messages/mail/mail.ts'
import { slackDigest } from '../../messages/slack/digest.ts'
import { incidentText } from '../../messages/text/incident-text.ts'
import { noticeText } from '../../messages/text/plain-message.ts'
import type { IncidentView } from '../../messages/view/incident-view.ts'
import { viewOf } from '../../messages/view/view-of.ts'
import { makeReviewLink } from '../../review-link.ts'
import { type Channel, noticeSeverityOf, waitsForDigest } from '../channel.ts'
import { mailPeople } from '../routes.ts'
import { mailToEach } from './send.ts'

/** States that a person must act on: each containment that reaches one gets its own mail. */
const urgent: IncidentView['state'][] = ['approval-needed', 'partial', 'failed', 'drifted']

/** One mail for each person and each state of an incident, with a review link for that person only. */
export const mailChannel: Channel = {
  name: 'mail',
  title: 'Mail',
  isUsed: ({ routing }) => routing.mail !== undefined,

  async incident(incident, lease, context) {
    const view = viewOf(incident, new Date())
    if (waitsForDigest(view) && !lease.row.told) return
    const { review } = context
    const news = [
      view.state,
      ...view.parts.filter(isUrgent).map(({ containment, plan }) => `${containment}/${plan}`),
    ].join(' ')
    const readers = mailPeople(context.routing, view.severity)
    await mailToEach(readers, news, lease, context, async ({ name }, first) => {
      const link = review && (await makeReviewLink({ incident: incident.id, person: name, ...review }))
      return mailOf(view, { to: name, first, ...(link && { link }) })
    })
  },

  async notice(notice, lease, context) {
    const { subject, body } = noticeText(notice)
    const readers = mailPeople(context.routing, noticeSeverityOf(notice))
    await mailToEach(readers, 'told', lease, context, async () => ({ subject, text: body }))
  },

  async digest({ views }, lease, context) {
    const { text } = slackDigest(views)
    const body = [text, ...views.map((view) => incidentText(view))].join(`\n\n${'-'.repeat(72)}\n\n`)
    const count = `${views.length} ${views.length === 1 ? 'incident' : 'incidents'}`
    const subject = `Portcullis digest: ${count} observed, nothing changed`
    // Mail has no route for reading only, so the digest goes to the people who get critical incidents.
    const readers = mailPeople(context.routing, 'critical')
    await mailToEach(readers, 'told', lease, context, async () => ({ subject, text: body }))
  },
}

const isUrgent = ({ state }: IncidentView['parts'][number]) => urgent.includes(state)
