import * as z from 'zod'
import { environmentOf } from '../lib/environment.ts'
import { stackRoleNames } from './role-names.ts'
import { type Duration, modes } from './rule.ts'

const environment = z.object({
  /** `portcullis-<stage>`. */
  PORTCULLIS_PREFIX: z.string().min(1),
  PORTCULLIS_TABLE: z.string().min(1),
  PORTCULLIS_CEILING: z.enum(modes).default('observe'),
  /** Containments per playbook, account and hour; beyond it they are proposed. */
  PORTCULLIS_BUDGET: z.coerce.number().int().min(0).default(10),
  /** No containment lasts longer, whatever its rule says: for rehearsals and careful first weeks. */
  PORTCULLIS_LONGEST: z.templateLiteral([z.number(), z.enum(['s', 'm', 'h', 'd'])]).optional(),
  PORTCULLIS_SCHEDULE_GROUP: z.string().min(1),
  PORTCULLIS_SCHEDULE_ROLE: z.string().min(1),
  /** The function's own ARN: what the clock calls. */
  PORTCULLIS_FUNCTION: z.string().min(1),
  PORTCULLIS_DEAD_LETTERS: z.string().min(1),
  PORTCULLIS_DEAD_LETTERS_ARN: z.string().min(1),
  PORTCULLIS_TOPIC: z.string().min(1),
  /** The account the stack lives in; targets elsewhere are reached through the member role. */
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

/** What the stack told this function. Throws one error naming every variable that is missing or wrong. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const it = environmentOf(environment, env)
  return {
    prefix: it.PORTCULLIS_PREFIX,
    table: it.PORTCULLIS_TABLE,
    ceiling: it.PORTCULLIS_CEILING,
    budget: it.PORTCULLIS_BUDGET,
    longest: it.PORTCULLIS_LONGEST,
    scheduleGroup: it.PORTCULLIS_SCHEDULE_GROUP,
    scheduleRole: it.PORTCULLIS_SCHEDULE_ROLE,
    function: it.PORTCULLIS_FUNCTION,
    deadLetters: it.PORTCULLIS_DEAD_LETTERS,
    deadLettersArn: it.PORTCULLIS_DEAD_LETTERS_ARN,
    topic: it.PORTCULLIS_TOPIC,
    account: it.PORTCULLIS_ACCOUNT,
    memberRole: it.PORTCULLIS_MEMBER_ROLE,
    roles: stackRoleNames(it.PORTCULLIS_PREFIX, it.PORTCULLIS_PLAYBOOKS.split(',')),
  }
}
