import { blockIp } from './block-ip.ts'
import { denyInference } from './deny-inference.ts'
import { denySession } from './deny-session.ts'
import { disableAccessKey } from './disable-access-key.ts'
import { disableApiKey } from './disable-api-key.ts'
import { disableUser } from './disable-user.ts'
import { enforceGuardrail } from './enforce-guardrail.ts'
import { notify } from './notify.ts'
import { quarantineInstance } from './quarantine-instance.ts'
import { restoreGuardrail } from './restore-guardrail.ts'
import { restoreInvocationLogging } from './restore-invocation-logging.ts'
import { revokeSessions } from './revoke-sessions.ts'
import { snapshotVolumes } from './snapshot-volumes.ts'
import { throttleStage } from './throttle-stage.ts'
import { throttleUser } from './throttle-user.ts'

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
