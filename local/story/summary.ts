import type { Paint } from '../../lib/text/paint.ts'
import { fold } from './fold.ts'
import type { StorySummary } from './moment.ts'

/** The lines of the summary. Pure. */
export function summaryLines(it: StorySummary, width: number, paint: Paint): string[] {
  const ms = (value: number) => `${value.toLocaleString('en')} ms`
  const rows: [string, string][] = [
    ['events', `${it.events} sent, ${it.matched} matched a rule, ${it.incidents} incidents`],
    [
      'contained',
      `${it.contained}, each verified in the account: ${ms(it.p50_ms)} after its event (p50), ${ms(it.p95_ms)} (p95)`,
    ],
    ['released', `${it.released}, each fully reverted in the account`],
    [
      'also',
      `${it.evidence} snapshots kept, ${it.told} notifications, ${it.proposed} proposals decided by a person, ${it.messages} messages`,
    ],
    ['failed', `${it.failed}`],
  ]
  return ['', ...rows.flatMap(([label, text]) => line(label, text))]

  function line(label: string, text: string): string[] {
    const [first, ...rest] = fold(text, width - 13)
    const style = label === 'failed' ? (it.failed > 0 ? 'bad' : 'good') : 'dim'
    return [`  ${paint(style, label.padEnd(10))} ${first}`, ...rest.map((more) => `${' '.repeat(13)}${more}`)]
  }
}
