import type { By } from '../../../engine/command.ts'
import type { Containment, Step } from '../../../engine/journal/record.ts'
import { clockOf } from '../../messages/format/times.ts'
import { whoWords } from '../../messages/format/who.ts'

/** What was decided before, by whom, how and when: "Already approved by maria (Slack) at 14:03 UTC." Pure. */
export function alreadyDecided({ history, status }: Containment, now: Date): string {
  const entered = history.find((step) => step.status === 'containing')
  const last = history.at(-1)
  const ended = status === 'released' || status === 'closed'
  if (status === 'closed' && !entered && isExpiry(last))
    return `The approval request expired at ${clockOf(last.at, now)}. Nothing was changed.`
  if (status === 'closed' && !entered) return sentence('denied', last, now)
  if (ended) return sentence(isExpiry(last) ? 'ended' : 'undone', last, now)
  return sentence(entered && isRule(entered.by) ? 'contained' : 'approved', entered, now)
}

const sentence = (verb: string, step: Step | undefined, now: Date): string =>
  step ? `Already ${verb} ${whoWords(step.by)} at ${clockOf(step.at, now)}.` : `Already ${verb}.`

const isExpiry = (step: Step | undefined): step is Step => step?.by.who === 'clock'
const isRule = ({ how }: By): boolean => how === 'rule'
