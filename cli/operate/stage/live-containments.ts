import { listIncidents } from '../../../engine/journal/incidents.ts'
import type { Containment, Status } from '../../../engine/journal/record.ts'

const live: readonly Status[] = ['containing', 'contained', 'failed', 'drifted']

/** The containments in effect that only this stage can release, oldest first; empty when there is no journal. */
export async function liveOf(table: string): Promise<Containment[]> {
  const incidents = await listIncidents(table).catch((error: Error) => {
    if (error.name === 'ResourceNotFoundException') return []
    throw error
  })
  return incidents
    .flatMap(({ containments }) => containments)
    .filter(({ status, plan }) => live.includes(status) && plan.undo)
    .toSorted((a, b) => (a.opened < b.opened ? -1 : 1))
}
