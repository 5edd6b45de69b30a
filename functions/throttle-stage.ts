import { respond } from '../engine/respond.ts'
import { throttleStage } from '../playbooks/edge/throttle-stage.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(throttleStage, rules)
