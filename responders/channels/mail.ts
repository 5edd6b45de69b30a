import { makeLink } from '../decisions/link.ts'
import { slackDigest } from '../messages/digest.ts'
import { mailOf } from '../messages/mail.ts'
import { incidentText } from '../messages/terminal.ts'
import { noticeText } from '../messages/text.ts'
import type { View } from '../messages/view.ts'
import { viewOf } from '../messages/view-of.ts'
import { type Channel, severityOf, waits } from './channel.ts'
import { toEach } from './mail-post.ts'
import { mailPeople } from './route.ts'

/** What somebody must act upon: a mail of its own for each. */
const urgent: View['state'][] = ['approval-needed', 'partial', 'failed', 'drifted']

/** A mail for each person and each state an incident has come to, with a link of their own. */
export const mail: Channel = {
  name: 'mail',
  used: ({ stage }) => stage.mail !== undefined,

  async incident(incident, held, desk) {
    const view = viewOf(incident, new Date())
    if (waits(view) && !held.row.told) return
    const news = [
      view.state,
      ...view.parts.filter(isUrgent).map(({ containment, plan }) => `${containment}/${plan}`),
    ]
    await toEach(
      mailPeople(desk.stage, view.severity),
      news.join(' '),
      held,
      desk,
      async ({ name }, first) => {
        const link = desk.review && (await makeLink({ incident: incident.id, person: name, ...desk.review }))
        return mailOf(view, { to: name, first, ...(link && { link }) })
      },
    )
  },

  async notice(notice, held, desk) {
    const { subject, body } = noticeText(notice)
    const readers = mailPeople(desk.stage, severityOf(notice))
    await toEach(readers, 'told', held, desk, async () => ({ subject, text: body }))
  },

  async digest({ views }, held, desk) {
    const { text } = slackDigest(views)
    const body = [text, ...views.map((view) => incidentText(view))].join(`\n\n${'-'.repeat(72)}\n\n`)
    const subject = `Portcullis observed ${views.length} ${views.length === 1 ? 'incident' : 'incidents'}; nothing was changed`
    // Whoever is told of the grave ones: mail has no route that is for reading only.
    await toEach(mailPeople(desk.stage, 'critical'), 'told', held, desk, async () => ({
      subject,
      text: body,
    }))
  },
}

const isUrgent = ({ state }: View['parts'][number]) => urgent.includes(state)
