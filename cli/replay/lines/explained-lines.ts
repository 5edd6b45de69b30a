import { defang } from '../../../lib/text/defang.ts'
import type { Paint } from '../../../lib/text/paint.ts'
import { wrapPrinted } from '../../print/wrap.ts'
import type { Explained } from '../explained.ts'
import { decisionLine } from './decision-line.ts'

interface Look {
  /** Rules about other kinds of events as well. */
  all: boolean
  width: number | undefined
  paint: Paint
}

/** What tells the kind of an event: rules that stop there are about something else. */
const kinds = ['source', 'detail-type']

/** Rules that match, with what follows; then the ones that do not, each with the field at which it stopped. */
export function explainedLines(told: readonly Explained[], { all, width, paint }: Look): string[] {
  const matched = told.filter(({ matched }) => matched)
  const missed = told.filter(({ matched }) => !matched)
  const near = missed.filter(({ failed }) => all || !kinds.includes(failed?.path ?? ''))
  const left = missed.length - near.length
  return [
    ...matched.flatMap(matchedLines),
    ...near.flatMap(missedLines),
    ...(matched.length === 0 ? ['No rule matches: nothing would be done.'] : []),
    ...(left > 0 ? [paint('dim', `${left} more are about other kinds of events (--all)`)] : []),
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
