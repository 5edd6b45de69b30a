import { playbooks } from '../../playbooks/index.ts'
import { rules } from '../../rules/index.ts'
import { checkFiles } from './check-files.ts'
import { checkPlaybooks } from './check-playbooks.ts'
import { checkRules } from './check-rules.ts'
import type { AuthoringFinding } from './finding.ts'

/** What was looked at, and what is to be said of it: errors first. */
export interface Validation {
  rules: number
  playbooks: number
  findings: AuthoringFinding[]
}

/** Looks at every rule and playbook, at the exceptions and at the stages. Reads files only. */
export function validate(now = new Date()): Validation {
  const all = [...checkRules(rules), ...checkPlaybooks(playbooks), ...checkFiles(now)]
  const of = (level: AuthoringFinding['level']) => all.filter((one) => one.level === level)
  return { rules: rules.length, playbooks: playbooks.length, findings: [...of('error'), ...of('warning')] }
}
