import type { ActionsBlock, Button } from '@slack/types'
import type { Verb } from '../../../engine/journal/record.ts'
import { lineWords, stateWords } from '../copy.ts'
import type { IncidentPart, IncidentView, PlanLine, ResponderAction } from '../view/incident-view.ts'
import {
  bold,
  button,
  codeBlock,
  codeSpan,
  confirmDialog,
  context,
  escaped,
  fields,
  header,
  literal,
  mrkdwn,
  plainText,
  section,
} from './blocks.ts'
import { fitToLimits, type SlackDraft, type SlackMessage, slackLimits } from './limits.ts'

/** How every message is to be sent, besides: Slack looks for nothing in it, and fetches nothing. */
export const slackOptions = {
  parse: 'none',
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
} as const

/** The longest line that stays on one line in Slack's code blocks on a laptop. */
const wide = 72

/** An incident as a Slack message; `mention` is the id of a Slack user group. The slots are always in this order. */
export function slackMessage(view: IncidentView, { mention }: { mention?: string } = {}): SlackMessage {
  const call = mention && view.mention ? `<!subteam^${mention.replace(/\W/g, '')}> ` : ''
  const drafts: SlackDraft[] = [
    { block: header(view.header) },
    { block: section(plainText(view.what)), drop: 1 },
    { block: section(mrkdwn(`${call}${bold(view.next)}`)) },
    { block: fields(view.facts), drop: 2 },
    ...view.parts.flatMap((part, index) => partDrafts(part, view, index)),
    ...(view.notes.length > 0 ? [{ block: context(plainText(view.notes.join(' · '))) }] : []),
    { block: context(mrkdwn(`${codeSpan(view.incident)}${commandWords(view)}`)) },
    ...actionDrafts(view),
  ]
  return fitToLimits(escaped(view.text), drafts, moreOf(view.incident))
}

// A later part goes before an earlier one, and what it costs before what it does.
function partDrafts(part: IncidentPart, view: IncidentView, index: number): SlackDraft[] {
  const rank = 10 + 2 * index
  const state = part.state === view.state ? '' : ` · ${stateWords[part.state]}`
  const title = bold(part.title) + state
  const why = part.why ? `\n${literal(part.why)}` : ''
  const what =
    part.lines.length > 0 ? `\n${lineWords[part.state]} · plan ${codeSpan(part.plan)}${undoWords(part)}` : ''
  const lines = part.lines.map(slackLine)
  const head = `${title}${why}${what}`
  const text =
    lines.length > 0 ? `${head}\n${codeBlock(lines, slackLimits.section - head.length - 1, part.more)}` : head
  const costs = context(plainText(part.caveats.map((caveat) => `! ${caveat}`).join('\n')))
  return [
    { block: section(mrkdwn(text)), ...(index > 0 && { drop: rank }) },
    ...(part.caveats.length > 0 ? [{ block: costs, drop: rank + 1 }] : []),
  ]
}

function slackLine({ sign, text, done }: PlanLine): string {
  const mark = done === undefined ? '' : done ? '✓ ' : '✗ '
  const whole = `${mark}${sign} ${text}`
  const [label = '', ...rest] = text.split('   ')
  if (whole.length <= wide || rest.length === 0) return whole
  return `${mark}${sign} ${label}\n${' '.repeat(mark.length + 4)}${rest.join('   ')}`
}

const undoWords = ({ lines }: IncidentPart): string =>
  lines.some(({ sign }) => sign === '!') ? ' · *cannot be undone* (!)' : ''

const commandWords = ({ command, severity }: IncidentView): string =>
  command && severity !== 'critical' ? ` · or in a terminal: ${codeSpan(command)}` : ''

function actionDrafts(view: IncidentView): SlackDraft[] {
  if (view.actions.length === 0) return []
  if (view.severity !== 'critical') return [{ block: buttons(view) }]
  const how = 'Critical: no button decides this. With your own AWS sign-in, in a terminal:'
  return [
    {
      block: section(
        mrkdwn(`${how}\n${codeSpan(view.command ?? `portcullis incidents show ${view.incident}`)}`),
      ),
    },
  ]
}

const buttons = ({ incident, actions }: IncidentView): ActionsBlock => ({
  type: 'actions',
  block_id: 'decide',
  elements: actions.slice(0, 3).map((action) => deciding(incident, action)),
})

const questions: Partial<Record<Verb, [title: string, yes: string]>> = {
  approve: ['Approve this containment?', 'Approve'],
  retry: ['Try this containment again?', 'Retry'],
}

function deciding(
  incident: string,
  { verb, containment, plan, label, confirm: says }: ResponderAction,
): Button {
  const question = questions[verb]
  const value = `${incident}.${containment}.${plan}`
  return button(
    { id: verb, label, value },
    question ? { style: 'primary', confirm: confirmDialog(question[0], says, question[1]) } : {},
  )
}

const moreOf = (incident: string) =>
  context(mrkdwn(`… more in ${codeSpan(`portcullis incidents show ${incident}`)}`))
