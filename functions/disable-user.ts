import { respond } from '../engine/respond.ts'
import { disableUser } from '../playbooks/users/disable-user.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(disableUser, rules)
