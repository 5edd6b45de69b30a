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

/** Options of every post: Slack does not parse the text for links or names, and does not unfurl links. */
export const slackOptions = {
  parse: 'none',
  link_names: false,
  unfurl_links: false,
  unfurl_media: false,
} as const

/** The longest line that fits in a Slack code block on a laptop, in characters. */
const maxLine = 72

/** An incident as a Slack message; `mention` is the id of a Slack user group. The order of the blocks is fixed. */
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

// Of the optional blocks, later parts are dropped first, and caveats before changes.
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
  const caveats = context(plainText(part.caveats.map((caveat) => `! ${caveat}`).join('\n')))
  return [
    { block: section(mrkdwn(text)), ...(index > 0 && { drop: rank }) },
    ...(part.caveats.length > 0 ? [{ block: caveats, drop: rank + 1 }] : []),
  ]
}

function slackLine({ sign, text, done }: PlanLine): string {
  const mark = done === undefined ? '' : done ? '✓ ' : '✗ '
  const whole = `${mark}${sign} ${text}`
  const [label = '', ...rest] = text.split('   ')
  if (whole.length <= maxLine || rest.length === 0) return whole
  return `${mark}${sign} ${label}\n${' '.repeat(mark.length + 4)}${rest.join('   ')}`
}

const undoWords = ({ lines }: IncidentPart): string =>
  lines.some(({ sign }) => sign === '!') ? ' · *cannot be undone* (!)' : ''

const commandWords = ({ command, severity }: IncidentView): string =>
  command && severity !== 'critical' ? ` · or in the CLI: ${codeSpan(command)}` : ''

function actionDrafts(view: IncidentView): SlackDraft[] {
  if (view.actions.length === 0) return []
  if (view.severity !== 'critical') return [{ block: buttons(view) }]
  const how = 'Critical: decide in the CLI with your AWS credentials:'
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
  elements: actions.slice(0, 3).map((action) => decisionButton(incident, action)),
})

const confirmations: Partial<Record<Verb, [title: string, yes: string]>> = {
  approve: ['Approve this containment?', 'Approve'],
  retry: ['Retry this containment?', 'Retry'],
}

function decisionButton(
  incident: string,
  { verb, containment, plan, label, confirm: says }: ResponderAction,
): Button {
  const confirmation = confirmations[verb]
  const value = `${incident}.${containment}.${plan}`
  return button(
    { id: verb, label, value },
    confirmation ? { style: 'primary', confirm: confirmDialog(confirmation[0], says, confirmation[1]) } : {},
  )
}

const moreOf = (incident: string) =>
  context(mrkdwn(`… more in ${codeSpan(`portcullis incidents show ${incident}`)}`))
