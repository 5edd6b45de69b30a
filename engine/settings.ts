import * as z from 'zod'
import { environmentOf } from '../lib/environment.ts'
import { stackRoleNames } from './role-names.ts'
import { type Duration, modes } from './rule.ts'

const environment = z.object({
  /** `portcullis-<stage>`. */
  PORTCULLIS_PREFIX: z.string().min(1),
  PORTCULLIS_TABLE: z.string().min(1),
  PORTCULLIS_CEILING: z.enum(modes).default('observe'),
  /** Containments per playbook, account and hour; further ones are proposed. */
  PORTCULLIS_BUDGET: z.coerce.number().int().min(0).default(10),
  /** The longest time that a containment may last, whatever its rule says: for tests and the first weeks. */
  PORTCULLIS_LONGEST: z.templateLiteral([z.number(), z.enum(['s', 'm', 'h', 'd'])]).optional(),
  PORTCULLIS_SCHEDULE_GROUP: z.string().min(1),
  PORTCULLIS_SCHEDULE_ROLE: z.string().min(1),
  /** The ARN of this function, which schedules invoke. */
  PORTCULLIS_FUNCTION: z.string().min(1),
  PORTCULLIS_DEAD_LETTERS: z.string().min(1),
  PORTCULLIS_DEAD_LETTERS_ARN: z.string().min(1),
  PORTCULLIS_TOPIC: z.string().min(1),
  /** The account of the stack; targets in other accounts are reached through the member role. */
  PORTCULLIS_ACCOUNT: z.string().regex(/^\d{12}$/),
  PORTCULLIS_MEMBER_ROLE: z.string().default('portcullis-member'),
  /**
   * The names of the stack's playbooks, from which the exact names of its roles follow: a pattern would protect any
   * role that an attacker names alike, and the roles' full names would not fit into the 4 KB of an environment.
   */
  PORTCULLIS_PLAYBOOKS: z.string().min(1),
})

export interface Settings {
  prefix: string
  table: string
  ceiling: (typeof modes)[number]
  budget: number
  longest: Duration | undefined
  scheduleGroup: string
  scheduleRole: string
  function: string
  deadLetters: string
  deadLettersArn: string
  topic: string
  account: string
  memberRole: string
  roles: string[]
}

/** The settings that the stack passes to this function. Throws one error with every variable that is missing or invalid. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const set = environmentOf(environment, env)
  return {
    prefix: set.PORTCULLIS_PREFIX,
    table: set.PORTCULLIS_TABLE,
    ceiling: set.PORTCULLIS_CEILING,
    budget: set.PORTCULLIS_BUDGET,
    longest: set.PORTCULLIS_LONGEST,
    scheduleGroup: set.PORTCULLIS_SCHEDULE_GROUP,
    scheduleRole: set.PORTCULLIS_SCHEDULE_ROLE,
    function: set.PORTCULLIS_FUNCTION,
    deadLetters: set.PORTCULLIS_DEAD_LETTERS,
    deadLettersArn: set.PORTCULLIS_DEAD_LETTERS_ARN,
    topic: set.PORTCULLIS_TOPIC,
    account: set.PORTCULLIS_ACCOUNT,
    memberRole: set.PORTCULLIS_MEMBER_ROLE,
    roles: stackRoleNames(set.PORTCULLIS_PREFIX, set.PORTCULLIS_PLAYBOOKS.split(',')),
  }
}
