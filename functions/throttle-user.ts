import { respond } from '../engine/respond.ts'
import { throttleUser } from '../playbooks/users/throttle-user.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(throttleUser, rules)
