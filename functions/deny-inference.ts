import { respond } from '../engine/respond.ts'
import { denyInference } from '../playbooks/identity/deny-inference.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(denyInference, rules)
