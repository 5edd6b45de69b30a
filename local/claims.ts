import type { Containment } from '../engine/record.ts'
import type { AnyTarget } from '../engine/target.ts'
import { snapshotted } from './claims/evidence.ts'
import { throttled } from './claims/front.ts'
import { inferenceDenied, keyDisabled, sessionDenied, sessionsRevoked } from './claims/identity.ts'
import { quarantined } from './claims/machine.ts'
import { told } from './claims/people.ts'
import type { Inbox } from './replay/mail.ts'

/** A sentence about the account, and whether the account says so too. */
export interface Fact {
  says: string
  holds: boolean
  /** What it is said of, where the same is said of several. */
  of?: string
}

/** What was found when the account was asked. */
export interface Proof {
  holds: boolean
  /** The facts it rests on; where it does not hold, those that contradict. */
  says: string[]
}

// One independent look a playbook, with the cloud's own calls: nothing here knows how a playbook reads or writes.
const looks: Record<string, (target: AnyTarget, inbox: Inbox) => Promise<Fact[]>> = {
  'deny-inference': inferenceDenied,
  'deny-session': sessionDenied,
  'disable-access-key': keyDisabled,
  notify: told,
  'quarantine-instance': quarantined,
  'revoke-sessions': sessionsRevoked,
  'snapshot-volumes': snapshotted,
  'throttle-stage': throttled,
}

/** Whether everything that a containment claims is so in the account. */
export async function inEffect(record: Containment, inbox: Inbox): Promise<Proof> {
  const facts = await lookAt(record, inbox)
  const missing = facts.filter(({ holds }) => !holds)
  if (missing.length > 0) return { holds: false, says: missing.map(whole) }
  return { holds: facts.length > 0, says: [...new Set(facts.map(({ says }) => says))] }
}

/** Whether nothing of what it claimed is so any more. */
export async function isGone(record: Containment, inbox: Inbox): Promise<Proof> {
  const left = (await lookAt(record, inbox)).filter(({ holds }) => holds)
  return { holds: left.length === 0, says: left.map(whole) }
}

async function lookAt({ playbook, target }: Containment, inbox: Inbox): Promise<Fact[]> {
  const look = looks[playbook]
  if (!look) throw new Error(`local/claims.ts has no look for ${playbook}.`)
  return look(target, inbox)
}

const whole = ({ says, of }: Fact): string => (of === undefined ? says : `${of}: ${says}`)
