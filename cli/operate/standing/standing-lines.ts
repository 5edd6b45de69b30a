import { sanitize } from '../../../lib/text/sanitize.ts'
import { printedSpan } from '../../print/clock.ts'
import { type Cell, tableLines } from '../../print/table.ts'
import type { Io } from '../../shell/io.ts'
import type { Standing } from './standing.ts'

const heads = [
  'playbook',
  'events',
  'observed',
  'would contain',
  'contained',
  'released',
  'undone',
  'p50',
  'p95',
  'advice',
]

/** A table with one row per playbook; the last column is the next command. */
export function standingLines(playbooks: readonly Standing[], look: Pick<Io, 'width' | 'paint'>): string[] {
  const last = heads.length - 1
  const heading = heads.map((text, at): Cell => ({ text, style: 'dim', right: at > 0 && at < last }))
  return [
    ...tableLines([heading, ...playbooks.map(rowOf)], { ...look, gives: last }),
    '',
    look.paint('dim', 'p50, p95: time from the event until the containment was verified.'),
  ]
}

function rowOf(it: Standing): Cell[] {
  const rate = it.undoRate === null ? '' : ` (${Math.round(it.undoRate * 100)} %)`
  const numbers = [
    String(it.events),
    String(it.observed),
    String(it.wouldContain),
    String(it.contained),
    String(it.released),
    `${it.undone}${rate}`,
    it.p50 === null ? '–' : printedSpan(it.p50),
    it.p95 === null ? '–' : printedSpan(it.p95),
  ]
  return [
    { text: sanitize(it.playbook, 60) },
    ...numbers.map((text): Cell => ({ text, right: true })),
    { text: sanitize(it.advice ?? '', 120) },
  ]
}
