import type { Incident } from '../../engine/journal/record.ts'
import type { IncidentState, IncidentView } from '../../responders/messages/view/incident-view.ts'

/** The sections of the list, the most urgent first. */
export const sections = ['NEEDS YOU', 'LIVE', 'OBSERVED', 'ENDED'] as const
export type Section = (typeof sections)[number]

/** An incident with its view, as the list shows it. */
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

/** The entries by section, in the given order: at most `maxQuiet` observed and ended ones each, and how many were left out. */
export function sorted(entries: Entry[], maxQuiet: number): { shown: Map<Section, Entry[]>; left: number } {
  const all = Map.groupBy(entries, sectionOf)
  const shown = new Map<Section, Entry[]>()
  for (const section of sections) {
    const quiet = section === 'OBSERVED' || section === 'ENDED'
    const found = (all.get(section) ?? []).slice(0, quiet ? maxQuiet : undefined)
    if (found.length > 0) shown.set(section, found)
  }
  return { shown, left: entries.length - [...shown.values()].flat().length }
}
