import type { Containment } from '../../../engine/journal/record.ts'
import { copyFor } from '../copy.ts'
import type { IncidentState } from './incident-view.ts'

/** The states, most urgent first. */
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

/** The state of a containment as people see it. */
export function stateOf(record: Containment): IncidentState {
  const { status, failure, history } = record
  const expired = history.at(-1)?.by.who === 'clock'
  switch (status) {
    case 'proposed':
      return 'approval-needed'
    case 'failed':
      return failure && failure.done.length > 0 ? 'partial' : 'failed'
    case 'contained':
      return copyFor(record).tells ? 'observed' : 'contained'
    case 'released':
      return expired ? 'ended' : 'undone'
    case 'closed':
      return wasProposal(record) ? (expired ? 'expired' : 'denied') : 'ended'
    default:
      return status
  }
}

/** The containment that an incident is named after: the most urgent one, and of those the oldest. */
export function leadOf(containments: Containment[]): Containment {
  const [first] = containments.toSorted((a, b) => rankOf(a) - rankOf(b))
  if (!first)
    throw new Error('The incident has no containment, though it must have at least one. Read it again.')
  return first
}

// A containment that only keeps evidence or notifies people ranks behind the others while nothing about it is urgent.
function rankOf(record: Containment): number {
  const state = stateOf(record)
  const isSecondary = !record.plan.undo || copyFor(record).tells
  const isCalm = urgency.indexOf(state) > urgency.indexOf('approval-needed')
  return urgency.indexOf(state) + (isSecondary && isCalm ? urgency.length : 0)
}

const wasProposal = ({ history }: Containment): boolean =>
  history.findLast(({ status }) => status !== 'closed')?.status === 'proposed'
