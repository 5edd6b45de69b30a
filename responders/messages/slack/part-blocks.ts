import { lineWords, stateWords } from '../copy.ts'
import type { IncidentPart, IncidentView, PlanLine } from '../view/incident-view.ts'
import { bold, codeBlock, codeSpan, context, literal, mrkdwn, plainText, section } from './blocks.ts'
import { type SlackDraft, slackLimits } from './limits.ts'

/** The longest line that fits in a Slack code block on a laptop, in characters. */
const maxLine = 72

/** One containment. Of the optional blocks, later parts are dropped first, and caveats before changes. */
export function partBlocks(part: IncidentPart, view: IncidentView, index: number): SlackDraft[] {
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
