import type { Containment } from '../../../engine/journal/record.ts'
import { copyFor } from '../copy.ts'
import type { IncidentState } from './incident-view.ts'

/** What a responder must see first is first. */
const urgency: IncidentState[] = [
  'failed',
  'partial',
  'drifted',
  'approval-needed',
  'containing',
  'contained',
  'undone',
  'ended',
  'denied',
  'expired',
  'observed',
]

/** What people call the point at which a containment stands. */
export function stateOf(record: Containment): IncidentState {
  const { status, failure, history } = record
  const clock = history.at(-1)?.by.who === 'clock'
  switch (status) {
    case 'proposed':
      return 'approval-needed'
    case 'failed':
      return failure && failure.done.length > 0 ? 'partial' : 'failed'
    case 'contained':
      return copyFor(record).tells ? 'observed' : 'contained'
    case 'released':
      return clock ? 'ended' : 'undone'
    case 'closed':
      return wasProposal(record) ? (clock ? 'expired' : 'denied') : 'ended'
    default:
      return status
  }
}

/** The containment that an incident is named after: the most urgent one, and of those the oldest. */
export function leadOf(containments: Containment[]): Containment {
  const [first] = containments.toSorted((a, b) => rankOf(a) - rankOf(b))
  if (!first) throw new Error('An incident has at least one containment; this one has none. Read it again.')
  return first
}

// What only keeps evidence or tells people does not speak for an incident while something else can.
function rankOf(record: Containment): number {
  const state = stateOf(record)
  const aside = !record.plan.undo || copyFor(record).tells
  const calm = urgency.indexOf(state) > urgency.indexOf('approval-needed')
  return urgency.indexOf(state) + (aside && calm ? urgency.length : 0)
}

const wasProposal = ({ history }: Containment): boolean =>
  history.findLast(({ status }) => status !== 'closed')?.status === 'proposed'
