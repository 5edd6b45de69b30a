import { listIncidents } from '../../../engine/journal/incidents.ts'
import type { Containment } from '../../../engine/journal/record.ts'
import { furtherEvents } from './further-events.ts'
import { type Standing, standings } from './standing.ts'

/**
 * The standing of the playbooks to be promoted: the numbers of `portcullis report`, over the whole journal. Throws errors
 * of AWS.
 */
export async function standingOf(table: string, about: (one: Containment) => boolean): Promise<Standing[]> {
  const incidents = await listIncidents(table)
  const found = incidents.flatMap(({ containments }) => containments).filter(about)
  return standings(found, await furtherEvents(found, table))
}
