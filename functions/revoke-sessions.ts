import { respond } from '../engine/respond.ts'
import { revokeSessions } from '../playbooks/identity/revoke-sessions.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(revokeSessions, rules)
