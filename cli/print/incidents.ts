import type { Paint, Style } from '../../lib/text/paint.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { reasonWords, whoWords } from '../../responders/messages/format/who.ts'
import type { IncidentState } from '../../responders/messages/view/incident-view.ts'
import { leftUntil, since } from './clock.ts'
import type { Entry, Section } from './sections.ts'
import { type Cell, cutCell, tableLines } from './table.ts'
import { wrapPrinted } from './wrap.ts'

interface Look {
  width: number | undefined
  paint: Paint
  now: Date
}

/** From this width an incident takes one line; on a narrower terminal it takes several. */
const minWidthForRows = 110

const styles: Partial<Record<IncidentState, Style>> = {
  'approval-needed': 'ask',
  failed: 'bad',
  partial: 'bad',
  drifted: 'bad',
  contained: 'good',
  containing: 'good',
}

/** The lines of the list of incidents, by section: one line each on a wide terminal and in a pipe, else a block. */
export function incidentLines(shown: Map<Section, Entry[]>, look: Look): string[] {
  if (look.width !== undefined && look.width < minWidthForRows)
    return [...shown].flatMap(([section, entries]) => [
      look.paint('bold', section),
      ...entries.flatMap((entry) => blockOf(entry, look)),
      '',
    ])
  const rows = [...shown].flatMap(([section, entries]) =>
    entries.map((entry, at) => rowOf(entry, at > 0 && look.width ? '' : section, look)),
  )
  return tableLines(rows, { ...look, gives: 5 })
}

/** The time left to decide, the time left until the release, or the time since the last step. */
export function printedClock({ incident, view }: Entry, now: Date): string {
  if (view.decideBy) return leftUntil(view.decideBy, now, true)
  const due = incident.containments.filter(({ status }) => status === 'contained').map((one) => one.due)
  const [next] = due.sort()
  if (view.state === 'contained' && next) return leftUntil(next, now)
  const last = incident.containments.flatMap(({ history }) => history.map(({ at }) => at)).sort()
  return since(last.at(-1) ?? incident.opened, now)
}

function rowOf(entry: Entry, section: string, { now }: Look): Cell[] {
  const { incident, view } = entry
  const [lead] = view.parts
  const more = view.parts.length > 1 ? ` (and ${view.parts.length - 1} more)` : ''
  return [
    { text: section, style: 'bold' },
    { text: view.incident },
    { text: view.severity },
    { text: view.state, style: styles[view.state] ?? 'dim' },
    { text: printedClock(entry, now) },
    { text: `${lead?.title ?? ''} in ${sanitize(incident.account, 12)}${more}` },
    { text: noteOf(entry) },
  ]
}

function blockOf(entry: Entry, { width = 80, paint, now }: Look): string[] {
  const { view } = entry
  const head = [view.incident, view.severity, view.state, printedClock(entry, now)].join('  ')
  const note = noteOf(entry)
  const styled = cutCell(head, width - 2).replace(view.state, (word) =>
    paint(styles[view.state] ?? 'dim', word),
  )
  return [
    `  ${styled}`,
    ...wrapPrinted(view.header, width - 4).map((line) => `    ${line}`),
    ...(note ? [`    ${paint('dim', cutCell(note, width - 4))}`] : []),
  ]
}

/** The command for an incident that needs a decision; else who acted last. */
function noteOf({ incident, view }: Entry): string {
  if (view.command && view.mention) return view.command
  const steps = incident.containments.flatMap(({ history }) => history)
  const last = steps.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)
  return last ? `${whoWords(last.by)}${reasonWords(last.by.reason)}` : ''
}
