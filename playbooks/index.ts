import { denyInference } from './deny-inference.ts'

/** Every playbook, in the order of their names. */
export const playbooks = [denyInference] as const

/** A playbook by its name: what a rule may call, and with what. */
export type Playbooks = { [P in (typeof playbooks)[number] as P['name']]: P }
