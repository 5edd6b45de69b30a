import { arn } from '../template/template.ts'

/**
 * A rule in EventBridge. The dot tells it from the stack's own rules (`portcullis-dev-digest`).
 */
export const ruleName = (prefix: string, rule: string): string => `${prefix}.${rule}`

/** The ARNs of all rules of the stack, on the default bus and on its own. */
export const ruleArnsOf = (prefix: string): string[] => [
  arn('events', `rule/${ruleName(prefix, '*')}`),
  arn('events', `rule/${prefix}/${ruleName(prefix, '*')}`),
]
