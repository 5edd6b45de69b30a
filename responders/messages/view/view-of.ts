import type { Incident } from '../../../engine/journal/record.ts'
import { severities } from '../../../engine/rule.ts'
import { defang } from '../../../lib/text/defang.ts'
import { cliCommandOf, responderActionsOf } from './actions.ts'
import { headerOf } from './header.ts'
import type { IncidentState, IncidentView } from './incident-view.ts'
import { nextOf } from './next.ts'
import { notesOf } from './notes.ts'
import { partOf } from './part-of.ts'
import { leadOf, stateOf } from './state-of.ts'

/** States that a person must act on: only these mention the group. */
const mentionStates: IncidentState[] = ['approval-needed', 'failed', 'partial', 'drifted']
const maxReasons = 3

/** What people see of an incident now. Pure. Throws when the incident has no containment. */
export function viewOf(incident: Incident, now: Date): IncidentView {
  const { containments } = incident
  const lead = leadOf(containments)
  const state = stateOf(lead)
  const severity =
    severities[Math.max(...containments.map((one) => severities.indexOf(one.severity)))] ?? 'low'
  const header = headerOf(lead, containments.length - 1)
  const next = nextOf(lead, now)
  const id = defang(incident.id, 40)
  const command = cliCommandOf(lead)
  return {
    incident: id,
    state,
    severity,
    header,
    next,
    text: `${header}. Severity ${severity}. ${next} ${id}`,
    what: unique(containments.map(({ because }) => defang(because)))
      .slice(0, maxReasons)
      .join(' '),
    facts: factsOf(incident, severity),
    // The containment that the incident is named after is first.
    parts: [lead, ...containments.filter((one) => one !== lead)].map((one) => partOf(one, one === lead)),
    notes: notesOf(incident, lead, now),
    actions: responderActionsOf(lead),
    mention: mentionStates.includes(state),
    ...(command && { command }),
    ...(state === 'approval-needed' && lead.ask && { decideBy: lead.ask.decideBy }),
  }
}

function factsOf({ containments, account, subject }: Incident, severity: string): [string, string][] {
  const regions = unique(containments.map(({ target }) => defang(target.region, 30)))
  const rules = unique(containments.map(({ rule }) => defang(rule, 80)))
  return [
    ['Severity', severity.charAt(0).toUpperCase() + severity.slice(1)],
    ['Account', `${defang(account, 12)} ${regions.slice(0, 3).join(', ')}`],
    ['Subject', defang(subject, 120)],
    [rules.length === 1 ? 'Rule' : 'Rules', rules.slice(0, 4).join(', ')],
  ]
}

const unique = (texts: string[]): string[] => [...new Set(texts)]
