import type { Ask, Containment } from '../../../engine/journal/record.ts'
import { copyFor } from '../copy.ts'
import { clockOf } from '../format/times.ts'
import { stateOf } from './state-of.ts'

/** What is to be done now, in a sentence or two that stand alone. */
export function nextOf(record: Containment, now: Date): string {
  switch (stateOf(record)) {
    case 'approval-needed': {
      const { ask } = record
      if (!ask) return 'Nothing has been changed yet: approve or deny.'
      return `Nothing has been changed yet: approve or deny by ${clockOf(ask.decideBy, now)}. ${silenceWords(ask)}`
    }
    case 'contained':
      return record.plan.undo
        ? `Nothing to do now: it ends by itself at ${clockOf(record.due, now)}.`
        : 'Nothing to do now: what was done stays.'
    case 'partial':
    case 'failed':
      return record.failure?.during === 'release'
        ? 'Act now: undo again, or put it back by hand.'
        : 'Act now: retry, or contain it by hand.'
    case 'drifted':
      return 'A person must decide: undo keeps their edits and puts back the rest. Until then nothing is put back.'
    case 'expired':
      return 'See whether it still matters: the next event asks again.'
    case 'observed':
      return copyFor(record).tells ? 'Look at it, and decide.' : 'Nothing to do.'
    case 'containing':
      return 'Nothing to do yet: this takes seconds.'
    default:
      return 'Nothing to do.'
  }
}

const silenceWords = ({ onExpire }: Ask): string =>
  onExpire === 'contain' ? 'With no answer, it is contained.' : 'With no answer, nothing is changed.'
