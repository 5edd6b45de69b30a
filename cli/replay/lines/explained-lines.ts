import { defang } from '../../../lib/text/defang.ts'
import type { Paint } from '../../../lib/text/paint.ts'
import { wrapPrinted } from '../../print/wrap.ts'
import type { Explained } from '../explained.ts'
import { decisionLine } from './decision-line.ts'

interface ExplainedLayout {
  /** Also rules for other types of events. */
  all: boolean
  width: number | undefined
  paint: Paint
}

/** A rule that fails on one of these fields is for another type of event. */
const kinds = ['source', 'detail-type']

/** Rules that match, with their decisions; then the others, each with the field that failed. */
export function explainedLines(
  explanations: readonly Explained[],
  { all, width, paint }: ExplainedLayout,
): string[] {
  const matched = explanations.filter(({ matched }) => matched)
  const missed = explanations.filter(({ matched }) => !matched)
  const near = missed.filter(({ failed }) => all || !kinds.includes(failed?.path ?? ''))
  const left = missed.length - near.length
  return [
    ...matched.flatMap(matchedLines),
    ...near.flatMap(missedLines),
    ...(matched.length === 0 ? ['No rule matches: nothing would be done.'] : []),
    ...(left > 0 ? [paint('dim', `${left} more rules are for other types of events (--all)`)] : []),
  ]

  function matchedLines({ rule, sentence, subject, decisions }: Explained): string[] {
    const head = `${rule.name}: mode ${rule.mode}, severity ${rule.severity}; ${sentence}`
    const rows = [
      rule.because,
      ...(subject ? [`subject ${defang(subject, 120)}`] : []),
      ...decisions.map((one) => decisionLine(one, paint)),
    ]
    return [
      ...hanging(`${paint('good', '✓')} ${head}`, width),
      ...rows.flatMap((row) => indented(row, width)),
    ]
  }

  function missedLines({ rule, before, sentence }: Explained): string[] {
    const held = before.length > 0 ? `${before.map(({ path }) => `${path} ✓`).join(' ')} ` : ''
    return [`${paint('bad', '✗')} ${rule.name}`, ...indented(`${held}${sentence} ✗`, width)]
  }
}

const hanging = (text: string, width = Number.POSITIVE_INFINITY): string[] =>
  wrapPrinted(text, Math.max(width, 40) - 4).map((line, at) => (at ? `    ${line}` : line))

const indented = (text: string, width = Number.POSITIVE_INFINITY): string[] =>
  wrapPrinted(text, Math.max(width, 40) - 6).map((line, at) => (at ? `      ${line}` : `    ${line}`))
