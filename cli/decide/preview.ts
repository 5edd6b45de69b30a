import type { Containment, Verb } from '../../engine/journal/record.ts'
import { planText, strayLines } from '../print/plan.ts'
import { Problem } from '../shell/errors.ts'
import type { Io } from '../shell/io.ts'
import { sendOrder } from './decision-worker.ts'

/** The arguments and options of a decision. */
export interface TypedDecision {
  id: string
  containment?: string
  plan?: string
  reason?: string
  for?: string
  force?: boolean
  leave?: boolean
  yes?: boolean
}

/** The lines that show what a decision would change. Throws `drifted` for an undo after drift without --force. */
export async function previewOf(
  verb: Verb,
  record: Containment,
  typed: TypedDecision,
  io: Io,
): Promise<string[]> {
  const { plan, due, failure } = record
  switch (verb) {
    case 'approve':
      return planText(plan, io.width)
    case 'deny':
      return [...planText(plan, io.width), 'None of these changes will be made.']
    case 'retry':
      return planText({ ...plan, changes: failure?.missing ?? plan.changes }, io.width)
    case 'extend':
      return [`It is released automatically at ${due}; the release is postponed by ${typed.for}.`]
    case 'undo':
      return typed.leave
        ? ['Nothing is restored: everything stays as it is, and the containment is closed.']
        : undoOf(record, typed, io)
  }
}

async function undoOf(record: Containment, { force }: TypedDecision, io: Io): Promise<string[]> {
  const { incident, id: containment, plan } = record
  const wish = { verb: 'preview-undo' as const, incident, containment, plan: plan.hash }
  const answer = await io.wait('reading what would be restored', sendOrder(wish, io))
  const found = answer.plan ?? answer.outcome?.plan
  const strays = answer.outcome?.strays ?? []
  const lines = [
    ...(found ? planText(found, io.width) : []),
    ...(answer.outcome?.why ? [answer.outcome.why] : []),
    ...strayLines(strays),
  ]
  if (answer.decision && answer.decision.outcome !== 'done')
    throw new Problem(answer.decision.outcome, answer.decision.says, {
      fix: `portcullis incidents show ${incident}`,
    })
  if (answer.outcome?.status === 'failed')
    throw new Problem('failed', 'the present state could not be read', {
      where: `${containment} of ${incident}`,
      why: answer.outcome.why ?? 'the playbook gave no reason',
      fix: `portcullis incidents show ${incident}`,
    })
  if (strays.length === 0 || force) return lines
  io.note(...lines)
  throw new Problem('drifted', 'someone else has changed what the containment had changed', {
    where: `${containment} of ${incident}`,
    why: 'restoring it would overwrite their change',
    fix: '--force restores the rest and keeps their changes; --leave restores nothing',
  })
}
