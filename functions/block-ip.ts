import { respond } from '../engine/respond.ts'
import { blockIp } from '../playbooks/edge/block-ip.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(blockIp, rules)
