import type { Containment, Incident } from '../../../engine/journal/record.ts'
import { defang } from '../../../lib/text/defang.ts'
import { clockOf, momentOf, spanOf } from '../format/times.ts'
import { reasonWords, whoWords } from '../format/who.ts'
import type { IncidentState } from './incident-view.ts'
import { stateOf } from './state-of.ts'

/** Who decided and when, deadlines, and further events; most important first. `lead` is the containment the incident is named after. */
export function notesOf(incident: Incident, lead: Containment, now: Date): string[] {
  return [
    ...decidedNotes(lead, now),
    ...approvalNotes(lead),
    ...clockNotes(lead, now),
    ...waitingNotes(incident, lead),
    ...eventNotes(incident, now),
  ]
}

const verbs: Partial<Record<IncidentState, string>> = {
  contained: 'Contained',
  containing: 'Started',
  undone: 'Undone',
  ended: 'Ended',
  denied: 'Denied',
  drifted: 'Drift found',
}

function decidedNotes(lead: Containment, now: Date): string[] {
  const state = stateOf(lead)
  const approved = lead.history.find(({ status, by }) => status === 'containing' && by.how !== 'rule')
  const last = lead.history.at(-1)
  const verb = verbs[state]
  const lines: string[] = []
  if (approved) {
    const { by, at } = approved
    lines.push(`Approved ${whoWords(by)} at ${momentOf(at, now)}${reasonWords(by.reason)}`)
  }
  if (last && verb && !(approved && state.startsWith('contain')))
    lines.push(`${verb} ${whoWords(last.by)} at ${momentOf(last.at, now)}${reasonWords(last.by.reason)}`)
  return lines
}

function approvalNotes({ status, ask, approvals = [] }: Containment): string[] {
  if (status !== 'proposed' || !ask) return []
  const given = approvals.map(({ who }) => defang(who, 40)).join(', ')
  return [
    ask.approvals > 1
      ? `${approvals.length} of ${ask.approvals} approved${given ? ` by ${given}` : ''}`
      : 'One approval needed',
    ...(ask.preventSelf ? ['The subject of the incident cannot approve'] : []),
  ]
}

function clockNotes(lead: Containment, now: Date): string[] {
  const { event, history, due, plan } = lead
  const first = history.find(({ status }) => status === 'contained')
  const seen = typeof event.time === 'string' ? event.time : undefined
  const open = lead.status === 'contained' && plan.undo
  return [
    ...(first && seen ? [`Detected → contained in ${spanOf(seen, first.at)}`] : []),
    ...(open ? [`Ends automatically at ${clockOf(due, now)}`] : []),
    ...(lead.status === 'failed' && lead.failure?.during === 'release' && Date.parse(due) > now.getTime()
      ? [`The release is retried at ${clockOf(due, now)}`]
      : []),
  ]
}

function waitingNotes({ containments }: Incident, lead: Containment): string[] {
  const waiting = containments.filter((one) => one !== lead && one.status === 'proposed').length
  return waiting > 0
    ? [`${waiting} more ${waiting === 1 ? 'containment awaits' : 'containments await'} approval`]
    : []
}

function eventNotes({ events }: Incident, now: Date): string[] {
  const last = events.at(-1)?.split(' ')[0] ?? ''
  if (events.length === 0) return []
  const when = Number.isNaN(Date.parse(last)) ? '' : `, latest at ${clockOf(last, now)}`
  return [`${events.length} further event${events.length === 1 ? '' : 's'}${when}`]
}
