import { respond } from '../engine/respond.ts'
import { restoreGuardrail } from '../playbooks/configurations/restore-guardrail.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(restoreGuardrail, rules)
