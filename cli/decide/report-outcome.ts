import type { Containment } from '../../engine/journal/record.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import type { Entry } from '../print/sections.ts'
import { Problem } from '../shell/errors.ts'
import { exits } from '../shell/exits.ts'
import type { Io } from '../shell/io.ts'
import { verdictOf } from './verdict.ts'
import type { WorkerAnswer } from './worker-answer.ts'

/** Prints the outcome of a decision. Throws a Problem unless the decision was applied. */
export function reportOutcome(
  answer: WorkerAnswer,
  record: Containment,
  after: Entry | undefined,
  io: Io,
): number {
  const now = after?.incident.containments.find(({ id }) => id === record.id)
  const code = verdictOf(answer, now)
  const says = sanitize(answer.decision?.says ?? 'The decision worker returned no decision.')
  if (io.json) io.document({ ...answer, state: after?.view.state })
  if (code) {
    const why =
      answer.outcome?.why ?? (code === 'failed' || code === 'partial' ? now?.failure?.error : undefined)
    const fix = `portcullis incidents show ${record.incident}`
    throw new Problem(code, says, { where: `${record.id} of ${record.incident}`, ...(why && { why }), fix })
  }
  if (!io.json) io.print(`${io.paint('good', '✓')} ${says}`, ...(after ? [`  ${after.view.header}`] : []))
  return exits.ok
}
