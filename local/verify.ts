import type { Containment } from '../engine/journal/record.ts'
import type { AnyTarget } from '../engine/target.ts'
import type { AlertsReader } from './replay/mail.ts'
import { snapshotted } from './verify/evidence.ts'
import { throttled } from './verify/front.ts'
import { inferenceIsDenied, keyDisabled, sessionDenied, sessionsRevoked } from './verify/identity.ts'
import { quarantined } from './verify/machine.ts'
import { told } from './verify/people.ts'

/** A sentence about the account, and whether the account says so too. */
export interface VerifiedFact {
  says: string
  holds: boolean
  /** What it is said of, where the same is said of several. */
  of?: string
}

/** What was found when the account was asked. */
export interface FactProof {
  holds: boolean
  /** The facts it rests on; where it does not hold, those that contradict. */
  says: string[]
}

// One independent look a playbook, with the cloud's own calls: nothing here knows how a playbook reads or writes.
const looks: Record<string, (target: AnyTarget, inbox: AlertsReader) => Promise<VerifiedFact[]>> = {
  'deny-inference': inferenceIsDenied,
  'deny-session': sessionDenied,
  'disable-access-key': keyDisabled,
  notify: told,
  'quarantine-instance': quarantined,
  'revoke-sessions': sessionsRevoked,
  'snapshot-volumes': snapshotted,
  'throttle-stage': throttled,
}

/** Whether everything that a containment claims is so in the account. */
export async function verifyInEffect(record: Containment, inbox: AlertsReader): Promise<FactProof> {
  const facts = await lookAt(record, inbox)
  const missing = facts.filter(({ holds }) => !holds)
  if (missing.length > 0) return { holds: false, says: missing.map(whole) }
  return { holds: facts.length > 0, says: [...new Set(facts.map(({ says }) => says))] }
}

/** Whether nothing of what it claimed is so any more. */
export async function isTargetGone(record: Containment, inbox: AlertsReader): Promise<FactProof> {
  const left = (await lookAt(record, inbox)).filter(({ holds }) => holds)
  return { holds: left.length === 0, says: left.map(whole) }
}

async function lookAt({ playbook, target }: Containment, inbox: AlertsReader): Promise<VerifiedFact[]> {
  const look = looks[playbook]
  if (!look) throw new Error(`local/verify.ts has no look for ${playbook}.`)
  return look(target, inbox)
}

const whole = ({ says, of }: VerifiedFact): string => (of === undefined ? says : `${of}: ${says}`)
