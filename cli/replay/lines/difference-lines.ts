import { sanitize } from '../../../lib/text/sanitize.ts'
import { type Cell, tableLines } from '../../print/table.ts'
import type { Io } from '../../shell/io.ts'
import type { ReplayDifference } from '../replay-difference.ts'
import { placed } from './decision-line.ts'

const maxTargets = 50

/** The differences to other rules for the same events: how often each rule fires, and each target. */
export function differenceLines(
  ref: string,
  it: ReplayDifference,
  look: Pick<Io, 'width' | 'paint'>,
): string[] {
  const against = `Against ${sanitize(ref, 60)}`
  const fires = Object.entries(it.fires).map(([rule, { before, now }]): Cell[] => [
    { text: now > before ? '+' : '-', style: now > before ? 'good' : 'bad' },
    { text: rule },
    { text: `fires ${before} → ${now}` },
  ])
  const targets = it.targets.slice(0, maxTargets).map(({ rule, playbook, target, before, now }): Cell[] => [
    { text: before === null ? '+' : now === null ? '-' : '~' },
    { text: rule },
    {
      text: `${playbook}${target ? `  ${placed(target)}` : ''}  ${before ?? 'nothing'} → ${now ?? 'nothing'}`,
    },
  ])
  if (fires.length + targets.length === 0) return [`${against}: no difference.`]
  const left = it.targets.length - targets.length
  return [
    `${against}:`,
    ...tableLines([...fires, ...targets], { ...look, gives: 2 }),
    ...(left > 0 ? [`… and ${left} more targets (--json has all of them)`] : []),
    ...(it.incomplete ? ['The comparison is incomplete: there are too many targets.'] : []),
  ]
}
