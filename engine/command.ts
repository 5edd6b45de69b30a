import * as z from 'zod'
import { getPath } from '../lib/get-path.ts'
import { BadEvent } from './errors.ts'
import type { Duration, Event } from './rule.ts'

const text = z.string().min(1).max(1024)
const duration = z
  .string()
  .regex(/^[1-9]\d{0,4}[smhd]$/, 'is not a valid duration')
  .transform((value) => value as Duration)
const id = z.string().regex(/^c-[0-9a-f]{16}$/, 'is not a valid containment ID')

// Loose, because AWS adds fields. Forwarded events may lack `resources`, and `time` is not always ISO 8601.
const event = z.looseObject({
  id: text,
  source: text,
  'detail-type': text,
  account: z.string().regex(/^\d{12}$/, 'is not a 12-digit account ID'),
  region: text,
  time: z.union([z.string(), z.number()]).transform(isoTime),
  resources: z.array(z.string()).default([]),
  detail: z.record(z.string(), z.unknown()),
})

/** Who decided, through what (`slack`, `mail`, `iam`, `rule`, …), why, and from where (an address, or a workspace and channel). */
const by = z.strictObject({ who: text, how: text, reason: text.optional(), from: text.optional() })
const target = z.record(z.string(), z.string())

const command = z.union([
  /** EventBridge: this rule matched this event. */
  z.strictObject({ rule: text, event }),
  /** A person asks what a containment, or the release of the named one, would change. Nothing is written. */
  z.strictObject({ do: z.literal('plan'), target, containment: id.optional() }),
  /** A person approves a proposal, or retries a failed containment. */
  z.strictObject({ do: z.literal('contain'), target, containment: id, plan: text, by }),
  /**
   * The schedule or a person ends a containment. `force` restores what is ours although others changed the target;
   * `leave` changes nothing, where the target can no longer be restored.
   */
  z.strictObject({
    do: z.literal('release'),
    target,
    containment: id,
    by,
    force: z.boolean().optional(),
    leave: z.boolean().optional(),
  }),
  /** The schedule: a proposal was not decided before its deadline. */
  z.strictObject({ do: z.literal('expire'), target, containment: id, by }),
  /** A person postpones the release of a containment. */
  z.strictObject({ do: z.literal('extend'), target, containment: id, for: duration, by }),
])

export type Command = { rule: string; event: Event } | Exclude<z.output<typeof command>, { rule: string }>
export type By = z.output<typeof by>

/** The command in the input of a Lambda invocation. Throws `BadEvent` with the path and the value. */
export function parseCommand(input: unknown): Command {
  const shape = has(input, 'event') || has(input, 'rule') ? command.options[0] : command
  const result = shape.safeParse(input)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = issue?.path ?? []
  throw new BadEvent({
    path: path.join('.') || 'command',
    found: getPath(input, ...path),
    problem: problemOf(issue),
  })
}

/** Whether a command is an event that a rule matched. */
export const isEvent = (command: Command): command is { rule: string; event: Event } => 'rule' in command

// SageMaker's documented sample carries epoch milliseconds in a string; everything else is ISO 8601.
function isoTime(value: string | number, issues: z.RefinementCtx): string {
  const epoch = typeof value === 'number' || /^\d{12,13}$/.test(value)
  const date = new Date(epoch ? Number(value) : value)
  if (!Number.isNaN(date.getTime())) return date.toISOString()
  issues.addIssue({ code: 'custom', message: 'is not a valid time' })
  return z.NEVER
}

const has = (input: unknown, key: string) => typeof input === 'object' && input !== null && key in input

const problemOf = (issue: z.core.$ZodIssue | undefined): string =>
  issue?.code === 'custom' || issue?.code === 'invalid_format'
    ? issue.message
    : 'does not have the expected shape'
