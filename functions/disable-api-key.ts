import { respond } from '../engine/respond.ts'
import { disableApiKey } from '../playbooks/identity/disable-api-key.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(disableApiKey, rules)
