import { listIncidents } from '../../../engine/journal/incidents.ts'
import type { Containment } from '../../../engine/journal/record.ts'
import { furtherEvents } from './further-events.ts'
import { type Standing, standings } from './standing.ts'

/**
 * How what is to be promoted stands in the journal: the numbers of `portcullis report`, of all that is known. Throws
 * what AWS says when the journal cannot be read.
 */
export async function standingOf(table: string, about: (one: Containment) => boolean): Promise<Standing[]> {
  const incidents = await listIncidents(table)
  const found = incidents.flatMap(({ containments }) => containments).filter(about)
  return standings(found, await furtherEvents(found, table))
}
