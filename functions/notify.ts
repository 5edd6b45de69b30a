import { respond } from '../engine/respond.ts'
import { notify } from '../playbooks/notify.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(notify, rules)
