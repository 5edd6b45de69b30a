import { scene as denyInference } from './deny-inference.ts'
import { scene as denyInferenceUser } from './deny-inference-user.ts'
import { scene as denySession } from './deny-session.ts'
import { scene as disableAccessKey } from './disable-access-key.ts'
import { scene as notify } from './notify.ts'
import { scene as quarantineInstance } from './quarantine-instance.ts'
import { scene as revokeSessions } from './revoke-sessions.ts'
import { scene as revokeSessionsAgain } from './revoke-sessions-again.ts'
import type { Scene } from './scene.ts'
import { scene as snapshotVolumes } from './snapshot-volumes.ts'
import { scene as throttleStage } from './throttle-stage.ts'

/** Every scene that the laws are tried on, in the order of their playbooks; a playbook may have several. */
export const scenes: Scene[] = [
  denyInference,
  denyInferenceUser,
  denySession,
  disableAccessKey,
  notify,
  quarantineInstance,
  revokeSessions,
  revokeSessionsAgain,
  snapshotVolumes,
  throttleStage,
]
