import type { Paint, Style } from '../../lib/text/paint.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import type { IncidentState } from '../../responders/messages/view/incident-view.ts'
import { reasonWords, whoWords } from '../../responders/messages/format/who.ts'
import { leftUntil, since } from './clock.ts'
import type { Entry, Section } from './sections.ts'
import { type Cell, cutCell, tableLines } from './table.ts'
import { wrapPrinted } from './wrap.ts'

interface Look {
  width: number | undefined
  paint: Paint
  now: Date
}

/** A row holds all there is to say of an incident from here on; on a narrower terminal it takes a few lines. */
const roomForRows = 110

const styles: Partial<Record<IncidentState, Style>> = {
  'approval-needed': 'ask',
  failed: 'bad',
  partial: 'bad',
  drifted: 'bad',
  contained: 'good',
  containing: 'good',
}

/** Incidents by section, as a terminal shows them; one line each where there is room, and for a pipe. */
export function incidentLines(shown: Map<Section, Entry[]>, look: Look): string[] {
  if (look.width !== undefined && look.width < roomForRows)
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

/** What ends, and when: the time to decide, the end of what is contained, or how long ago it was. */
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

/** What to type where somebody must act; who acted last where nobody must. */
function noteOf({ incident, view }: Entry): string {
  if (view.command && view.mention) return view.command
  const steps = incident.containments.flatMap(({ history }) => history)
  const last = steps.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)
  return last ? `${whoWords(last.by)}${reasonWords(last.by.reason)}` : ''
}
