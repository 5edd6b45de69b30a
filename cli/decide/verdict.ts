import type { Containment } from '../../engine/journal/record.ts'
import type { ProblemCode } from '../shell/codes.ts'
import type { WorkerAnswer } from './worker-answer.ts'

/** The code for each status of a playbook's outcome that is not the intended one. Source: engine/run.ts. */
const codeOfStatus: Record<string, ProblemCode> = {
  drifted: 'drifted',
  superseded: 'superseded',
  already: 'late',
  guarded: 'refused',
}

/** The problem code for an answer; undefined when the decision was applied. Pure. */
export function verdictOf(
  { decision, outcome }: WorkerAnswer,
  after: Containment | undefined,
): ProblemCode | undefined {
  if (!decision) return 'settle-failed'
  const failed = decision.outcome === 'failed' || outcome?.status === 'failed'
  const code = codeOfStatus[outcome?.status ?? '']
  if (outcome?.status === 'drifted') return code
  if (failed) return (after?.failure?.done.length ?? 0) > 0 ? 'partial' : 'failed'
  if (decision.outcome !== 'done') return decision.outcome
  return code
}
