import * as z from 'zod'
import { detailTypes, type Signal } from '../../rules/events/signal.ts'
import type { Fields } from './fields.ts'
import { unreadable } from './unreadable.ts'

const id = z
  .string()
  .max(2048)
  .regex(/^[\w.:/@+=,$#-]+$/)
const count = z.number().min(0)
const measured = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), length: count })

/** Keys that are not listed are left out, so that no text comes in by the back door. */
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
  prompt: measured.optional(),
  completion: measured.optional(),
  evidence: z.object({ where: id, id }),
}

const window = { limit: count, windowSeconds: count }
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
    ...window,
    type: z.literal('BudgetBreach'),
    scope: z.enum(['session', 'user', 'tenant', 'agent', 'principal']),
    scopeId: id,
    level: z.enum(['soft', 'hard']),
  }),
  z.object({ ...common, ...window, type: z.literal('ThresholdCrossed'), threshold: id, key: id, count }),
])

/** Whether a record is a signal already, as it comes back from the bus. */
export const isSignal = (record: Fields): boolean =>
  record.schema === '1' &&
  typeof record.type === 'string' &&
  Object.hasOwn(detailTypes, record.type) &&
  record.evidence !== undefined

/** A signal that was a signal before. Throws `BadEvent` if a field is not what it must be. */
export function parseSignal(record: Fields): Signal {
  const parsed = signal.safeParse(record)
  // The path only: zod's message may repeat what it found.
  if (!parsed.success)
    throw unreadable(parsed.error.issues[0]?.path.join('.') || 'signal', 'is not as signals have it')
  return parsed.data as Signal
}
