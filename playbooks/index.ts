import { quarantineInstance } from './compute/quarantine-instance.ts'
import { snapshotVolumes } from './compute/snapshot-volumes.ts'
import { enforceGuardrail } from './configurations/enforce-guardrail.ts'
import { restoreGuardrail } from './configurations/restore-guardrail.ts'
import { restoreInvocationLogging } from './configurations/restore-invocation-logging.ts'
import { blockIp } from './edge/block-ip.ts'
import { throttleStage } from './edge/throttle-stage.ts'
import { denyInference } from './identity/deny-inference.ts'
import { denySession } from './identity/deny-session.ts'
import { disableAccessKey } from './identity/disable-access-key.ts'
import { disableApiKey } from './identity/disable-api-key.ts'
import { revokeSessions } from './identity/revoke-sessions.ts'
import { notify } from './notify.ts'
import { disableUser } from './users/disable-user.ts'
import { throttleUser } from './users/throttle-user.ts'

/** Every playbook, in the order of their names. */
export const playbooks = [
  blockIp,
  denyInference,
  denySession,
  disableAccessKey,
  disableApiKey,
  disableUser,
  enforceGuardrail,
  notify,
  quarantineInstance,
  restoreGuardrail,
  restoreInvocationLogging,
  revokeSessions,
  snapshotVolumes,
  throttleStage,
  throttleUser,
] as const

/** A playbook by its name: what a rule may call, and with what. */
export type Playbooks = { [P in (typeof playbooks)[number] as P['name']]: P }
