import { listIncidents } from '../../../engine/journal/incidents.ts'
import type { Containment, Status } from '../../../engine/journal/record.ts'

const live: readonly Status[] = ['containing', 'contained', 'failed', 'drifted']

/** What is changed in the account at this moment, and only ends through this stage; oldest first. */
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
