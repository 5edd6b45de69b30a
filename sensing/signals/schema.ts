import * as z from 'zod'
import { detailTypes, type Signal } from '../../rules/events/signal.ts'
import type { Fields } from './fields.ts'
import { unreadable } from './unreadable.ts'

const id = z
  .string()
  .max(2048)
  .regex(/^[\w.:/@+=,$#-]+$/)
const count = z.number().min(0)
const digestOfText = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), length: count })

/** Unlisted keys are removed, so that a signal cannot carry text. */
const common = {
  schema: z.literal('1'),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  origin: z.enum(['cloudtrail', 'invocation-log', 'application', 'portcullis']),
  time: z.iso.datetime().optional(),
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  region: id.optional(),
  requestId: id.optional(),
  principal: z
    .object({
      name: id,
      arn: id.optional(),
      account: id.optional(),
      accessKeyId: id.optional(),
      principalId: id.optional(),
      session: id.optional(),
      sourceIdentity: id.optional(),
      sourceIp: id.optional(),
    })
    .optional(),
  user: id.optional(),
  tenant: id.optional(),
  session: id.optional(),
  agent: id.optional(),
  model: id.optional(),
  tokens: z.object({ input: count, output: count, total: count }).optional(),
  policies: z
    .array(
      z.object({
        policy: z.enum([
          'topic',
          'content',
          'word',
          'sensitive-information',
          'grounding',
          'automated-reasoning',
        ]),
        type: z.string().regex(/^[A-Z][\w-]{0,63}$/),
        confidence: z.enum(['LOW', 'MEDIUM', 'HIGH']).optional(),
        action: z.enum(['BLOCKED', 'ANONYMIZED', 'NONE']),
        score: count.optional(),
        threshold: count.optional(),
      }),
    )
    .max(128),
  attack: z.boolean(),
  guardrail: z.object({ id, version: id.optional() }).optional(),
  direction: z.enum(['input', 'output']).optional(),
  prompt: digestOfText.optional(),
  completion: digestOfText.optional(),
  evidence: z.object({ where: id, id }),
}

const limitReached = { limit: count, windowSeconds: count }
const signal = z.discriminatedUnion('type', [
  z.object({ ...common, type: z.literal('GuardrailIntervened') }),
  z.object({ ...common, type: z.literal('GuardrailDetected') }),
  z.object({
    ...common,
    type: z.literal('ModelInvocationObserved'),
    operation: id,
    errorCode: id.optional(),
    guarded: z.boolean().optional(),
    completes: id.optional(),
    bearerToken: z.boolean().optional(),
    unread: id.optional(),
  }),
  z.object({
    ...common,
    ...limitReached,
    type: z.literal('BudgetBreach'),
    scope: z.enum(['session', 'user', 'tenant', 'agent', 'principal']),
    scopeId: id,
    level: z.enum(['soft', 'hard']),
  }),
  z.object({
    ...common,
    ...limitReached,
    type: z.literal('ThresholdCrossed'),
    threshold: id,
    key: id,
    count,
  }),
])

/** Whether a record is already a signal, received from the bus. */
export const isSignal = (record: Fields): boolean =>
  record.schema === '1' &&
  typeof record.type === 'string' &&
  Object.hasOwn(detailTypes, record.type) &&
  record.evidence !== undefined

/** Validates a received signal. Throws `BadEvent` for an invalid field. */
export function parseSignal(record: Fields): Signal {
  const parsed = signal.safeParse(record)
  // The path only: zod's message may repeat the value.
  if (!parsed.success)
    throw unreadable(parsed.error.issues[0]?.path.join('.') || 'signal', 'is not a valid field of a signal')
  return parsed.data as Signal
}
