import { respond } from '../engine/respond.ts'
import { restoreInvocationLogging } from '../playbooks/configurations/restore-invocation-logging.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(restoreInvocationLogging, rules)
