import { denyInference } from './deny-inference.ts'
import { denySession } from './deny-session.ts'
import { disableAccessKey } from './disable-access-key.ts'
import { notify } from './notify.ts'
import { quarantineInstance } from './quarantine-instance.ts'
import { revokeSessions } from './revoke-sessions.ts'
import { snapshotVolumes } from './snapshot-volumes.ts'
import { throttleStage } from './throttle-stage.ts'

/** Every playbook, in the order of their names. */
export const playbooks = [
  denyInference,
  denySession,
  disableAccessKey,
  notify,
  quarantineInstance,
  revokeSessions,
  snapshotVolumes,
  throttleStage,
] as const

/** A playbook by its name: what a rule may call, and with what. */
export type Playbooks = { [P in (typeof playbooks)[number] as P['name']]: P }
