import { respond } from '../engine/respond.ts'
import { enforceGuardrail } from '../playbooks/configurations/enforce-guardrail.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(enforceGuardrail, rules)
