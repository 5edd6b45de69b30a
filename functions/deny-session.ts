import { respond } from '../engine/respond.ts'
import { denySession } from '../playbooks/identity/deny-session.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(denySession, rules)
