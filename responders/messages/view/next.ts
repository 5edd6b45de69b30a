import type { Ask, Containment } from '../../../engine/journal/record.ts'
import { copyFor } from '../copy.ts'
import { clockOf } from '../format/times.ts'
import { stateOf } from './state-of.ts'

/** What to do now, in one or two sentences that are complete on their own. */
export function nextOf(record: Containment, now: Date): string {
  switch (stateOf(record)) {
    case 'approval-needed': {
      const { ask } = record
      if (!ask) return 'Nothing has been changed yet. Approve or deny.'
      return `Nothing has been changed yet. Approve or deny by ${clockOf(ask.decideBy, now)}. ${expiryWords(ask)}`
    }
    case 'contained':
      return record.plan.undo
        ? `No action needed now. It ends automatically at ${clockOf(record.due, now)}.`
        : 'No action needed. What was done is kept.'
    case 'partial':
    case 'failed':
      return record.failure?.during === 'release'
        ? 'Act now: undo again, or restore it manually.'
        : 'Act now: retry, or contain it manually.'
    case 'drifted':
      return 'Decide now: undo reverts this containment and keeps the changes by others. Until then nothing is reverted.'
    case 'expired':
      return 'Check whether it is still relevant. The next event asks for approval again.'
    case 'observed':
      return copyFor(record).tells ? 'Review it and decide what to do.' : 'No action needed.'
    case 'containing':
      return 'No action needed yet. This takes a few seconds.'
    default:
      return 'No action needed.'
  }
}

const expiryWords = ({ onExpire }: Ask): string =>
  onExpire === 'contain'
    ? 'Without a decision it is contained automatically.'
    : 'Without a decision nothing is changed.'
