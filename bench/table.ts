import type { MeasuredCost } from './measure.ts'

const largestKb = 400
const mostSequential = 4

/** A column: its heading, the text of a cost, and whether that is above the goal. */
const columns = (
  delays: readonly string[],
): [heading: string, text: (it: MeasuredCost) => string, over?: (it: MeasuredCost) => boolean][] => [
  ['playbook', ({ name, by }) => (by === 'rule' ? name : `${name} *`)],
  ['calls', ({ calls }) => `${calls}`],
  ['in a row', ({ sequential }) => `${sequential}`],
  [
    'to the write',
    (it) => `${it.sequential_before_write}`,
    (it) => it.sequential_before_write > mostSequential,
  ],
  ['zip kB', ({ zip_kb }) => zip_kb.toFixed(0), ({ zip_kb }) => zip_kb >= largestKb],
  ['peak MB', ({ rss_mb }) => rss_mb.toFixed(0)],
  ['cold CPU', ({ cpu_ms }) => cpu_ms.toFixed(0)],
  ['import ms', ({ import_ms }) => import_ms.toFixed(0)],
  ...delays.flatMap((delay): [string, (it: MeasuredCost) => string][] => [
    [`cold +${delay}`, (it) => it.delays[delay]?.cold_ms.toFixed(0) ?? ''],
    [`warm +${delay}`, (it) => it.delays[delay]?.warm_ms.toFixed(0) ?? ''],
  ]),
]

/** The costs as a table; `!` marks a value above its goal. Pure. */
export function tableOf(costs: readonly MeasuredCost[]): string {
  const shown = columns(Object.keys(costs[0]?.delays ?? {}))
  const rows = [
    shown.map(([heading]) => heading),
    ...costs.map((cost) => shown.map(([, text, over]) => `${over?.(cost) ? '! ' : ''}${text(cost)}`)),
  ]
  const widths = shown.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[0] ?? 0)))
        .join('  '),
    )
    .join('\n')
}
