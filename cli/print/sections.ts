import type { Incident } from '../../engine/journal/record.ts'
import type { IncidentState, IncidentView } from '../../responders/messages/view/incident-view.ts'

/** What has to be looked at first is first. */
export const sections = ['NEEDS YOU', 'LIVE', 'OBSERVED', 'ENDED'] as const
export type Section = (typeof sections)[number]

/** An incident as a list shows it. */
export interface Entry {
  incident: Incident
  view: IncidentView
}

const sectionOfState: Record<IncidentState, Section> = {
  'approval-needed': 'NEEDS YOU',
  failed: 'NEEDS YOU',
  partial: 'NEEDS YOU',
  drifted: 'NEEDS YOU',
  containing: 'LIVE',
  contained: 'LIVE',
  observed: 'OBSERVED',
  undone: 'ENDED',
  ended: 'ENDED',
  denied: 'ENDED',
  expired: 'ENDED',
}

export const sectionOf = ({ view }: Entry): Section => sectionOfState[view.state]

/** The entries by section, in the order given; of those that need nobody the first `most`, and how many were left out. */
export function sorted(entries: Entry[], most: number): { shown: Map<Section, Entry[]>; left: number } {
  const all = Map.groupBy(entries, sectionOf)
  const shown = new Map<Section, Entry[]>()
  for (const section of sections) {
    const calm = section === 'OBSERVED' || section === 'ENDED'
    const found = (all.get(section) ?? []).slice(0, calm ? most : undefined)
    if (found.length > 0) shown.set(section, found)
  }
  return { shown, left: entries.length - [...shown.values()].flat().length }
}
