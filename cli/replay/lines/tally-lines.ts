import { sanitize } from '../../../lib/text/sanitize.ts'
import { printedSpan } from '../../print/clock.ts'
import { type Cell, tableLines } from '../../print/table.ts'
import type { Io } from '../../shell/io.ts'
import type { Replayed } from '../replay.ts'
import type { ReplaySummary } from '../tally.ts'

/** The summary of a replay: a row for each rule that fired, and what the replay cannot know. */
export function tallyLines(summary: ReplaySummary, look: Pick<Io, 'width' | 'paint'>): string[] {
  const { records, matched, unreadable, byRule, byDecision, targets, seconds, recordsPerSecond } = summary
  const head = ['rule', 'fires', 'targets', 'protected', 'guarded', 'repeated']
  const rows = Object.entries(byRule).map(([rule, it]): Cell[] => [
    { text: rule },
    ...[it.fires, it.targets, it.protected, it.guarded, it.repeats].map(number),
  ])
  const heading = head.map((text, at): Cell => ({ text, style: 'dim', right: at > 0 }))
  const decided = Object.entries(byDecision).filter(([, count]) => count > 0)
  return [
    ...(rows.length > 0 ? [...tableLines([heading, ...rows], { ...look, gives: 0 }), ''] : []),
    `${grouped(records)} records in ${printedSpan(seconds * 1000)} (${grouped(recordsPerSecond)} per second): ${grouped(matched)} matched, ${grouped(unreadable)} unreadable`,
    ...(decided.length > 0
      ? [
          `${targets} targets; decisions: ${decided.map(([what, count]) => `${grouped(count)} ${what}`).join(', ')}`,
        ]
      : ['No rule matched: nothing would have been done.']),
    look.paint(
      'dim',
      'Not considered, since it depends on the account: tags, deleted or contained targets, budgets, pauses.',
    ),
  ]
}

/** The position of an unreadable record, and the reason. */
export const problemLine = (one: Replayed): string =>
  `${sanitize(one.file)}:${one.line} (byte ${one.offset}): ${'error' in one ? sanitize(one.error) : ''}`

/** The progress of a replay on a terminal: one line, rewritten in place and removed at the end. */
export function progressOf(stream: NodeJS.WriteStream, { json, note }: Pick<Io, 'json' | 'note'>) {
  const isLive = stream.isTTY && !json && process.env.TERM !== 'dumb'
  const begun = performance.now()
  let shown = begun
  const clear = () => isLive && shown > begun && stream.write('\r\u001b[2K')
  return {
    show(records: number): void {
      const now = performance.now()
      if (!isLive || now - shown < 300) return
      shown = now
      const rate = Math.round((records / (now - begun)) * 1000)
      stream.write(`\r\u001b[2K… ${grouped(records)} records, ${grouped(rate)} per second`)
    },
    note(line: string): void {
      clear()
      note(line)
    },
    end: (): void => void clear(),
  }
}

const number = (value: number): Cell => ({ text: grouped(value), right: true })

/** 1 234 567, independent of the locale. */
const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ' ')
