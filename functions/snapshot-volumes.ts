import { respond } from '../engine/respond.ts'
import { snapshotVolumes } from '../playbooks/compute/snapshot-volumes.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(snapshotVolumes, rules)
