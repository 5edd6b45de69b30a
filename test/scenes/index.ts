import { scene as blockIp } from './block-ip.ts'
import { scene as denyInference } from './deny-inference.ts'
import { scene as denyInferenceUser } from './deny-inference-user.ts'
import { scene as denySession } from './deny-session.ts'
import { scene as disableAccessKey } from './disable-access-key.ts'
import { scene as disableApiKey } from './disable-api-key.ts'
import { scene as disableUser } from './disable-user.ts'
import { scene as enforceGuardrail } from './enforce-guardrail.ts'
import { scene as notify } from './notify.ts'
import { scene as quarantineInstance } from './quarantine-instance.ts'
import { scene as restoreGuardrail } from './restore-guardrail.ts'
import { scene as restoreInvocationLogging } from './restore-invocation-logging.ts'
import { scene as revokeSessions } from './revoke-sessions.ts'
import { scene as revokeSessionsAgain } from './revoke-sessions-again.ts'
import type { Scene } from './scene.ts'
import { scene as snapshotVolumes } from './snapshot-volumes.ts'
import { scene as throttleStage } from './throttle-stage.ts'
import { scene as throttleUser } from './throttle-user.ts'

/** Every scene that the laws are tried on, in the order of their playbooks; a playbook may have several. */
export const scenes: Scene[] = [
  blockIp,
  denyInference,
  denyInferenceUser,
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
  revokeSessionsAgain,
  snapshotVolumes,
  throttleStage,
  throttleUser,
]
