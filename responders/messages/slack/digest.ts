import { stateWords } from '../copy.ts'
import type { IncidentView } from '../view/incident-view.ts'
import { codeSpan, context, escaped, header, mrkdwn, plainText, section } from './blocks.ts'
import { fitToLimits, type SlackDraft, type SlackMessage } from './limits.ts'

/** The open incidents in one message, those that need a person first. */
export function slackDigest(views: IncidentView[]): SlackMessage {
  const waiting = views.filter(({ mention }) => mention)
  const live = views.filter(({ mention }) => !mention)
  const title =
    views.length === 0
      ? 'No open incidents'
      : `${views.length} incident${views.length === 1 ? '' : 's'}: ${waiting.length} need${waiting.length === 1 ? 's' : ''} you`
  const drafts: SlackDraft[] = [
    { block: header(title) },
    ...group('Needs you', waiting, 10),
    ...group('Others', live, 1000),
  ]
  const text = [title, ...waiting.slice(0, 5).map((view) => `${view.header} ${view.incident}`)].join('. ')
  return fitToLimits(escaped(text), drafts, context(mrkdwn(`… more in ${codeSpan('portcullis incidents')}`)))
}

// When the message is too long, the last row of a group is dropped first.
function group(title: string, views: IncidentView[], from: number): SlackDraft[] {
  if (views.length === 0) return []
  return [
    { block: section(mrkdwn(`*${title}*`)) },
    ...views.map((view, index) => ({ block: row(view), drop: from + index })),
  ]
}

const row = ({ incident, severity, state, header: says, notes }: IncidentView) =>
  context(
    mrkdwn(`*${stateWords[state]}* · ${severity} · ${codeSpan(incident)}`),
    plainText(says),
    ...notes.slice(0, 1).map((note) => plainText(note)),
  )
