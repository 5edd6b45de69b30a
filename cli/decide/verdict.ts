import type { Containment } from '../../engine/journal/record.ts'
import type { ProblemCode } from '../shell/codes.ts'
import type { WorkerAnswer } from './worker-answer.ts'

/** What became of the work, where that is not what was wanted. Source: the statuses of engine/run.ts. */
const ofWork: Record<string, ProblemCode> = {
  drifted: 'drifted',
  superseded: 'superseded',
  already: 'late',
  guarded: 'refused',
}

/** What an answer means: nothing when it was done, else the code of the problem. Pure. */
export function verdictOf(
  { decision, outcome }: WorkerAnswer,
  after: Containment | undefined,
): ProblemCode | undefined {
  if (!decision) return 'settle-failed'
  const failed = decision.outcome === 'failed' || outcome?.status === 'failed'
  const work = ofWork[outcome?.status ?? '']
  if (outcome?.status === 'drifted') return work
  if (failed) return (after?.failure?.done.length ?? 0) > 0 ? 'partial' : 'failed'
  if (decision.outcome !== 'done') return decision.outcome
  return work
}
