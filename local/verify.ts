import type { Containment } from '../engine/journal/record.ts'
import type { AnyTarget } from '../engine/target.ts'
import type { AlertsReader } from './replay/mail.ts'
import { snapshotted } from './verify/evidence.ts'
import { throttled } from './verify/front.ts'
import { keyDisabled, modelAccessDenied, sessionDenied, sessionsRevoked } from './verify/identity.ts'
import { quarantined } from './verify/machine.ts'
import { responderInformed } from './verify/people.ts'
import type { VerifiedFact } from './verify/verified-fact.ts'

/** The account's own evidence for or against a containment. */
export interface FactProof {
  holds: boolean
  /** The facts that confirm it; where it does not hold, those that contradict it. */
  says: string[]
}

// One independent check per playbook, by AWS calls only: nothing here uses a playbook's own `read` or `write`.
const looks: Record<string, (target: AnyTarget, inbox: AlertsReader) => Promise<VerifiedFact[]>> = {
  'deny-inference': modelAccessDenied,
  'deny-session': sessionDenied,
  'disable-access-key': keyDisabled,
  notify: responderInformed,
  'quarantine-instance': quarantined,
  'revoke-sessions': sessionsRevoked,
  'snapshot-volumes': snapshotted,
  'throttle-stage': throttled,
}

/** Whether the account confirms everything that a containment claims. */
export async function verifyInEffect(record: Containment, inbox: AlertsReader): Promise<FactProof> {
  const facts = await lookAt(record, inbox)
  const missing = facts.filter(({ holds }) => !holds)
  if (missing.length > 0) return { holds: false, says: missing.map(whole) }
  return { holds: facts.length > 0, says: [...new Set(facts.map(({ says }) => says))] }
}

/** Whether nothing that the containment claimed is in effect any more. */
export async function isTargetGone(record: Containment, inbox: AlertsReader): Promise<FactProof> {
  const left = (await lookAt(record, inbox)).filter(({ holds }) => holds)
  return { holds: left.length === 0, says: left.map(whole) }
}

async function lookAt({ playbook, target }: Containment, inbox: AlertsReader): Promise<VerifiedFact[]> {
  const look = looks[playbook]
  if (!look) throw new Error(`local/verify.ts has no check for ${playbook}.`)
  return look(target, inbox)
}

const whole = ({ says, of }: VerifiedFact): string => (of === undefined ? says : `${of}: ${says}`)
