import type { Rule } from '../../engine/rule.ts'

/** What somebody wants to look at; everything without it. */
export interface ReplayFilter {
  rule?: string
  playbook?: string
}

/** The rules of this name that call this playbook, and of what they call only that. */
export const narrow = (rules: readonly Rule[], { rule, playbook }: ReplayFilter): Rule[] =>
  rules
    .filter(({ name, then }) => (!rule || name === rule) && (!playbook || then[playbook]))
    .map((one) => (playbook ? { ...one, then: { [playbook]: one.then[playbook] } } : one))
