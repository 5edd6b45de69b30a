import { respond } from '../engine/respond.ts'
import { disableUser } from '../playbooks/disable-user.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(disableUser, rules)
