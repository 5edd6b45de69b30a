import type { AuthoringCode } from './codes.ts'

/** One thing that was tried of a rule or playbook. Every text is inert. */
export interface AuthoringCheck {
  /** A word or two: `match`, `no match`, `targets`, `plan`, `pure`, `calls`. */
  what: string
  /** The file or action that it was tried on. */
  on: string
  passed: boolean
  /** Where a match stopped, what was aimed at, or what is wrong. */
  says?: string
  /** Of what failed: `file:line:column`, and what to do. */
  where?: string
  fix?: string
  code?: AuthoringCode
}

/** What was tried of one rule or playbook. */
export interface Trial {
  kind: 'rule' | 'playbook'
  name: string
  checks: AuthoringCheck[]
}
