import { listIncidents } from '../../../engine/journal/incidents.ts'
import { furtherEvents } from '../../operate/standing/further-events.ts'
import { standings } from '../../operate/standing/standing.ts'
import { standingLines } from '../../operate/standing/standing-lines.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'
import { sinceOf } from '../../shell/since.ts'

/** `portcullis report`: what each playbook did, and the next step towards a higher mode. */
export async function run({ since = '7d' }: { since?: string }, io: Io): Promise<number> {
  const { stage, table } = io.settings
  const from = sinceOf(since).toISOString()
  const { containments, further } = await io.wait('reading the journal', read())
  const playbooks = standings(containments, further)
  if (io.json) {
    io.document({ stage, since: from, playbooks })
    return exits.ok
  }
  if (playbooks.length === 0)
    io.note(`No playbook was called in stage ${stage} since ${from}. To look further back: --since 30d`)
  else io.print(...standingLines(playbooks, io))
  return exits.ok

  async function read() {
    const incidents = await listIncidents(table)
    const containments = incidents.flatMap((one) => one.containments).filter(({ opened }) => opened >= from)
    return { containments, further: await furtherEvents(containments, table) }
  }
}
