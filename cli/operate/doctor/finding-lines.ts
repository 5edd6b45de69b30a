import type { Paint, Style } from '../../../lib/text/paint.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import type { CheckState } from './check.ts'
import type { Examined } from './examine.ts'

/** Colors repeat the symbols; the last line repeats them in words. */
const marks: Record<CheckState, [symbol: string, style: Style]> = {
  ok: ['✓', 'good'],
  warning: ['!', 'ask'],
  failed: ['✗', 'bad'],
  unknown: ['–', 'dim'],
}

/** The lines of a result; below a warning or failure also its consequence and advice. */
export function findingLines({ check, finding }: Examined, paint: Paint): string[] {
  const [symbol, style] = marks[finding.state]
  const head = `${paint(style, symbol)} ${check.title.padEnd(12)}  ${sanitize(finding.says, 800)}`
  if (finding.state === 'ok' || finding.state === 'unknown') return [head]
  return [head, `    why  ${check.why}`, `    fix  ${sanitize(finding.fix ?? check.fix, 800)}`]
}

/** `4 checks: 2 ok, 1 warning, 1 failed`. */
export function tallyFindings(all: Examined[]): string {
  const count = (state: CheckState) => all.filter(({ finding }) => finding.state === state).length
  const warnings = count('warning')
  const words: [number, string][] = [
    [count('ok'), 'ok'],
    [warnings, warnings === 1 ? 'warning' : 'warnings'],
    [count('failed'), 'failed'],
    [count('unknown'), 'not checked'],
  ]
  const said = words.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`)
  return `${all.length} ${all.length === 1 ? 'check' : 'checks'}: ${said.join(', ')}`
}
