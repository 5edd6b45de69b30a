import { code, context, escaped, header, marked, plain, section } from './blocks.ts'
import { stateWords } from './copy.ts'
import { fitted, type SlackDraft, type SlackMessage } from './limits.ts'
import type { View } from './view.ts'

/** What stands open, in one message: what needs somebody first. */
export function slackDigest(views: View[]): SlackMessage {
  const waiting = views.filter(({ mention }) => mention)
  const live = views.filter(({ mention }) => !mention)
  const title =
    views.length === 0
      ? 'Nothing is open'
      : `${views.length} incident${views.length === 1 ? '' : 's'}: ${waiting.length} need${waiting.length === 1 ? 's' : ''} you`
  const drafts: SlackDraft[] = [
    { block: header(title) },
    ...group('Needs you', waiting, 10),
    ...group('Everything else', live, 1000),
  ]
  const text = [title, ...waiting.slice(0, 5).map((view) => `${view.header} ${view.incident}`)].join('. ')
  return fitted(escaped(text), drafts, context(marked(`… more in ${code('portcullis incidents')}`)))
}

// The later in its group, the sooner it goes.
function group(title: string, views: View[], from: number): SlackDraft[] {
  if (views.length === 0) return []
  return [
    { block: section(marked(`*${title}*`)) },
    ...views.map((view, index) => ({ block: row(view), drop: from + index })),
  ]
}

const row = ({ incident, severity, state, header: says, notes }: View) =>
  context(
    marked(`*${stateWords[state]}* · ${severity} · ${code(incident)}`),
    plain(says),
    ...notes.slice(0, 1).map((note) => plain(note)),
  )
