import { listIncidents } from '../../../engine/journal/incidents.ts'
import { viewOf } from '../../../responders/messages/view/view-of.ts'
import { pauseLines, readPauses } from '../../operate/stage/pauses.ts'
import { incidentLines } from '../../print/incidents.ts'
import { type Entry, sectionOf, sorted } from '../../print/sections.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

/** Observed and ended incidents shown without --all, each. */
const maxQuiet = 10

/** `portcullis incidents`: incidents that need a decision, then live, observed and ended ones. */
export async function run({ all = false }: { all?: boolean }, io: Io): Promise<number> {
  const { stage, table } = io.settings
  const now = new Date()
  const reads = Promise.all([listIncidents(table), readPauses(table, now)])
  const [incidents, pauses] = await io.wait('reading the journal', reads)
  const entries = incidents.map((incident) => ({ incident, view: viewOf(incident, now) }))
  if (io.json) {
    io.document({ stage, pauses, incidents: entries.map(summaryOf) })
    return exits.ok
  }
  const { shown, left } = sorted(entries, all ? Number.POSITIVE_INFINITY : maxQuiet)
  io.print(...pauseLines(pauses).map((line) => io.paint('ask', line)))
  io.print(...incidentLines(shown, { ...io, now }))
  if (entries.length === 0) io.note(`There are no incidents in stage ${stage}. Other stages: --stage <name>`)
  if (left > 0) io.note(`… and ${left} older ones: portcullis incidents --all`)
  return exits.ok
}

/** The fields that a script needs to choose an incident and decide. */
function summaryOf(entry: Entry): object {
  const { incident, view } = entry
  const { id, account, subject, opened, containments } = incident
  return {
    id,
    section: sectionOf(entry),
    state: view.state,
    severity: view.severity,
    header: view.header,
    account,
    subject,
    opened,
    decideBy: view.decideBy,
    command: view.command,
    containments: containments.map(({ id, playbook, status, target, due, plan: { hash } }) => ({
      id,
      playbook,
      status,
      target,
      due,
      plan: hash,
    })),
  }
}
