import type { Containment, Incident } from '../../../engine/journal/record.ts'
import { diff } from '../../../engine/state.ts'
import type { IncidentState } from '../view/incident-view.ts'
import { type SampleDraft, sampleAccount, sampleDrafts, sampleRegion, withCaveats } from './sample-drafts.ts'
import { withHostileText } from './with-hostile-text.ts'

/** The time at which the samples are viewed. */
export const sampleNow = new Date('2026-11-21T14:08:00.000Z')

const opened = '2026-11-21T14:02:17.000Z'

/** An incident of our own playbooks in a state. `hostile`: every text that an event can influence is the attacker's. */
export function sampleOf(state: IncidentState, { hostile = false } = {}): Incident {
  const id = 'inc-7f3a1b2c'
  const containments = sampleDrafts[state].map((draft, index) => recordOf(id, draft, index))
  const incident: Incident = {
    id,
    account: sampleAccount,
    subject: containments[0]?.subject ?? '',
    opened,
    containments,
    events: ['2026-11-21T14:02:40.000Z guardduty-instance-compromise GuardDuty Finding e-2'],
    decisions: [],
    messages: [],
  }
  return hostile ? withHostileText(incident) : incident
}

function recordOf(incident: string, draft: SampleDraft, index: number): Containment {
  return {
    id: `c-9d1c0be2a3f4b5c${index}`,
    incident,
    shelf: incident.slice(0, 5),
    subject: '',
    playbook: '',
    target: { account: sampleAccount, region: sampleRegion },
    rule: '',
    because: '',
    severity: 'high',
    attack: ['T1496'],
    mode: 'contain',
    event: { id: 'e-1', time: '2026-11-21T14:02:11.000Z' },
    status: 'observed',
    opened,
    due: '2026-11-22T14:02:17.000Z',
    ...draft,
    plan: { ...(draft.plan ?? withCaveats([])), changes: diff(draft.before, draft.after) },
  }
}
