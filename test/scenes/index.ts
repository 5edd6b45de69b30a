import { scene as quarantineInstance } from './compute/quarantine-instance.ts'
import { scene as snapshotVolumes } from './compute/snapshot-volumes.ts'
import { scene as enforceGuardrail } from './configurations/enforce-guardrail.ts'
import { scene as restoreGuardrail } from './configurations/restore-guardrail.ts'
import { scene as restoreInvocationLogging } from './configurations/restore-invocation-logging.ts'
import { scene as blockIp } from './edge/block-ip.ts'
import { scene as throttleStage } from './edge/throttle-stage.ts'
import { scene as denyInference } from './identity/deny-inference.ts'
import { scene as denyInferenceUser } from './identity/deny-inference-user.ts'
import { scene as denySession } from './identity/deny-session.ts'
import { scene as disableAccessKey } from './identity/disable-access-key.ts'
import { scene as disableApiKey } from './identity/disable-api-key.ts'
import { scene as revokeSessions } from './identity/revoke-sessions.ts'
import { scene as revokeSessionsAgain } from './identity/revoke-sessions-again.ts'
import { scene as notify } from './notify.ts'
import type { Scene } from './scene.ts'
import { scene as disableUser } from './users/disable-user.ts'
import { scene as throttleUser } from './users/throttle-user.ts'

/** Every scene that the laws run on, in the order of their playbooks. A playbook may have several. */
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
