import { respond } from '../engine/respond.ts'
import { disableAccessKey } from '../playbooks/identity/disable-access-key.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(disableAccessKey, rules)
