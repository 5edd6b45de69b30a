import type { Rule } from '../../engine/rule.ts'

/** Limits a replay to one rule or playbook. */
export interface ReplayFilter {
  rule?: string
  playbook?: string
}

/** The rules with this name that call this playbook, reduced to that call. */
export const narrow = (rules: readonly Rule[], { rule, playbook }: ReplayFilter): Rule[] =>
  rules
    .filter(({ name, then }) => (!rule || name === rule) && (!playbook || then[playbook]))
    .map((one) => (playbook ? { ...one, then: { [playbook]: one.then[playbook] } } : one))
