import * as z from 'zod'
import { getPath } from '../lib/get-path.ts'
import { BadEvent } from './errors.ts'
import type { Duration, Event } from './rule.ts'

const text = z.string().min(1).max(1024)
const duration = z
  .string()
  .regex(/^[1-9]\d{0,4}[smhd]$/, 'is no duration')
  .transform((it) => it as Duration)
const id = z.string().regex(/^c-[0-9a-f]{16}$/, 'is no containment id')

// Loose: AWS adds fields. `resources` may be absent in forwarded events, `time` is not always ISO.
const event = z.looseObject({
  id: text,
  source: text,
  'detail-type': text,
  account: z.string().regex(/^\d{12}$/, 'is not a 12-digit account id'),
  region: text,
  time: z.union([z.string(), z.number()]).transform(isoTime),
  resources: z.array(z.string()).default([]),
  detail: z.record(z.string(), z.unknown()),
})

/** Who decided, how (`slack`, `mail`, `iam`, `rule`, …), why, and from where (an address, a workspace and channel). */
const by = z.strictObject({ who: text, how: text, reason: text.optional(), from: text.optional() })
const target = z.record(z.string(), z.string())

const command = z.union([
  /** EventBridge: this rule matched this event. */
  z.strictObject({ rule: text, event }),
  /** A person asks: what would you do, or what would the release of this containment do? Nothing is written. */
  z.strictObject({ do: z.literal('plan'), target, containment: id.optional() }),
  /** A person approves a proposal, or tries a failed containment again. */
  z.strictObject({ do: z.literal('contain'), target, containment: id, plan: text, by }),
  /**
   * The clock or a person ends a containment; `force` leaves alone what others changed since, `leave` changes nothing
   * at all: what can no longer be put back is left as it is.
   */
  z.strictObject({
    do: z.literal('release'),
    target,
    containment: id,
    by,
    force: z.boolean().optional(),
    leave: z.boolean().optional(),
  }),
  /** The clock: nobody has decided a proposal in time. */
  z.strictObject({ do: z.literal('expire'), target, containment: id, by }),
  /** A person puts the end of a containment off by so much. */
  z.strictObject({ do: z.literal('extend'), target, containment: id, for: duration, by }),
])

export type Command = { rule: string; event: Event } | Exclude<z.output<typeof command>, { rule: string }>
export type By = z.output<typeof by>

/** The command in what a Lambda was invoked with. Throws `BadEvent` naming the path and what was found. */
export function parseCommand(input: unknown): Command {
  const shape = has(input, 'event') || has(input, 'rule') ? command.options[0] : command
  const result = shape.safeParse(input)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = issue?.path ?? []
  throw new BadEvent({
    path: path.join('.') || 'command',
    found: getPath(input, ...path),
    problem: plain(issue),
  })
}

export const isEvent = (it: Command): it is { rule: string; event: Event } => 'rule' in it

// SageMaker's documented sample carries epoch milliseconds in a string; everything else is ISO 8601.
function isoTime(value: string | number, issues: z.RefinementCtx): string {
  const epoch = typeof value === 'number' || /^\d{12,13}$/.test(value)
  const date = new Date(epoch ? Number(value) : value)
  if (!Number.isNaN(date.getTime())) return date.toISOString()
  issues.addIssue({ code: 'custom', message: 'is no time' })
  return z.NEVER
}

const has = (input: unknown, key: string) => typeof input === 'object' && input !== null && key in input

const plain = (issue: z.core.$ZodIssue | undefined): string =>
  issue?.code === 'custom' || issue?.code === 'invalid_format' ? issue.message : 'is not of a known shape'
