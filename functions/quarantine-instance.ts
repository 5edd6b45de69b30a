import { respond } from '../engine/respond.ts'
import { quarantineInstance } from '../playbooks/compute/quarantine-instance.ts'
import { rules } from '../rules/index.ts'

export const handler = respond(quarantineInstance, rules)
