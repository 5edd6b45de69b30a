import type { By } from '../../engine/command.ts'
import type { Containment, Step } from '../../engine/journal/record.ts'
import { clockOf } from '../messages/times.ts'
import { whoWords } from '../messages/who.ts'

/** What was decided before, by whom, how and when: "Already approved by maria (Slack) at 14:03 UTC." Pure. */
export function alreadyDecided({ history, status }: Containment, now: Date): string {
  const entered = history.find((step) => step.status === 'containing')
  const last = history.at(-1)
  const ended = status === 'released' || status === 'closed'
  if (status === 'closed' && !entered && isClock(last))
    return `Nobody had decided by ${clockOf(last.at, now)}: nothing was changed.`
  if (status === 'closed' && !entered) return said('denied', last, now)
  if (ended) return said(isClock(last) ? 'ended' : 'undone', last, now)
  return said(entered && isRule(entered.by) ? 'contained' : 'approved', entered, now)
}

const said = (what: string, step: Step | undefined, now: Date): string =>
  step ? `Already ${what} ${whoWords(step.by)} at ${clockOf(step.at, now)}.` : `Already ${what}.`

const isClock = (step: Step | undefined): step is Step => step?.by.who === 'clock'
const isRule = ({ how }: By): boolean => how === 'rule'
