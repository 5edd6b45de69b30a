import { playbooks } from '../../playbooks/index.ts'
import { rules } from '../../rules/index.ts'
import { checkFiles } from './check-files.ts'
import { checkPlaybooks } from './check-playbooks.ts'
import { checkRules } from './check-rules.ts'
import type { AuthoringFinding } from './finding.ts'

/** How many rules and playbooks were checked, and the findings, errors first. */
export interface Validation {
  rules: number
  playbooks: number
  findings: AuthoringFinding[]
}

/** Checks every rule and playbook, the exceptions and the stages. Reads files only. */
export function validate(now = new Date()): Validation {
  const all = [...checkRules(rules), ...checkPlaybooks(playbooks), ...checkFiles(now)]
  const of = (level: AuthoringFinding['level']) => all.filter((one) => one.level === level)
  return { rules: rules.length, playbooks: playbooks.length, findings: [...of('error'), ...of('warning')] }
}
