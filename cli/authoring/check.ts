import type { AuthoringCode } from './codes.ts'

/** One check of a rule or playbook. Its texts contain no control characters. */
export interface AuthoringCheck {
  /** A word or two: `match`, `no match`, `targets`, `plan`, `pure`, `calls`. */
  what: string
  /** The file or action that was checked. */
  on: string
  passed: boolean
  /** Where a match stopped, the targets, or what is wrong. */
  says?: string
  /** Only of a failed check: `file:line:column`, and what to do. */
  where?: string
  fix?: string
  code?: AuthoringCode
}

/** All checks of one rule or playbook. */
export interface Trial {
  kind: 'rule' | 'playbook'
  name: string
  checks: AuthoringCheck[]
}
