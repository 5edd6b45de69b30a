import { columns, widthOf, wrap } from '../../../lib/text/wrap.ts'
import { lineWords, stateWords } from '../copy.ts'
import { headline } from '../view/header.ts'
import type { IncidentPart, IncidentView, PlanLine } from '../view/incident-view.ts'

/**
 * An incident in plain text: at most 80 columns, no escape codes. For the terminal, SNS, and the text part of a mail;
 * `review` holds the mail's link and is placed below the next step.
 */
export function incidentText(view: IncidentView, review: string[] = []): string {
  const { what, facts, parts, notes, command, incident } = view
  const commandLines = command
    ? [...wrap(`In the CLI: ${command}`)]
    : [`Details: portcullis incidents show ${incident}`]
  return [
    ...headLines(view),
    '',
    ...review,
    ...[['What', what] as [string, string], ...facts].flatMap(factLines),
    ...parts.flatMap((part) => ['', ...partLines(part, view)]),
    '',
    ...notes.flatMap((note) => wrap(note)),
    ...(notes.length > 0 ? [''] : []),
    ...commandLines,
  ].join('\n')
}

/** The first lines: state, sentence, and what to do. */
function headLines({ severity, incident, header, next }: IncidentView): string[] {
  const { state, rest } = headline(header)
  const left = state.toUpperCase()
  const right = `${severity} · ${incident}`
  const gap = ' '.repeat(Math.max(2, columns - left.length - widthOf(right)))
  return [`${left}${gap}${right}`, '', ...wrap(rest), ...wrap(next)]
}

/** The widest label and a gap. */
const labelWidth = 10

const factLines = ([label, value]: [string, string]): string[] =>
  wrap(value, { first: label.padEnd(labelWidth), rest: ' '.repeat(labelWidth) })

function partLines(part: IncidentPart, view: IncidentView): string[] {
  const { title, state, plan, lines, more, caveats, why } = part
  const named = state === view.state ? title : `${title} (${stateWords[state].toLowerCase()})`
  const lead = `${lineWords[state]} (plan ${plan}${lines.some(({ sign }) => sign === '!') ? ', ! cannot be undone' : ''}):`
  return [
    ...wrap(named),
    ...(why ? wrap(why) : []),
    ...(lines.length > 0 ? [lead] : []),
    ...lines.flatMap(changeLines),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...(caveats.length > 0 ? ['Caveats:'] : []),
    ...caveats.flatMap((caveat) => wrap(caveat, { first: '  - ', rest: '    ' })),
  ]
}

function changeLines({ sign, text, done }: PlanLine): string[] {
  const first = `  ${done === undefined ? '' : done ? '✓ ' : '✗ '}${sign} `
  const whole = `${first}${text}`
  if (widthOf(whole) <= columns) return [whole]
  const [label = '', ...values] = text.split('   ')
  const rest = ' '.repeat(first.length + 4)
  return [...wrap(label, { first, rest }), ...wrap(values.join(' '), { first: rest, rest })]
}
