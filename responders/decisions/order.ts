import * as z from 'zod'
import { verbs } from '../../engine/journal/record.ts'
import { canonical, digest } from '../../lib/canonical.ts'
import { containmentIdShape, incidentIdShape, planHashShape } from '../identifiers.ts'

/** Everything a person may ask for; `code` asks for a code by mail, which proves that a mailbox is theirs. */
export const orderVerbs = [...verbs, 'pause', 'resume', 'preview-undo', 'code'] as const

const text = (maxLength: number) => z.string().min(1).max(maxLength)
const duration = z.templateLiteral([z.number().int().positive(), z.enum(['s', 'm', 'h', 'd'])])

/** A signed request to AWS STS that shows who sends the order: see proof/sts-proof.ts. */
const proof = z.strictObject({
  headers: z.record(z.string().regex(/^[a-z0-9-]{1,64}$/), z.string().max(8192)),
  body: z.string().max(256),
})

const slack = z.strictObject({
  how: z.literal('slack'),
  user: text(64),
  team: text(64),
  channel: text(64).optional(),
  message: text(64).optional(),
  responseUrl: z.url().max(512).optional(),
  /** Opens a form within three seconds; present when the button needs more input than a click. */
  trigger: text(256).optional(),
})

const mail = z.strictObject({
  how: z.literal('mail'),
  person: text(64),
  address: text(254),
  /** Empty in the order that asks for a code. */
  code: z.string().regex(/^(\d{8})?$/, 'is not a code of eight digits'),
})

const iam = z.strictObject({ how: z.literal('iam'), proof })

/** What a person asks for, and how they claim their identity. functions/decision-worker checks every part of it. */
export const order = z.strictObject({
  id: z.uuid(),
  at: z.iso.datetime(),
  verb: z.enum(orderVerbs),
  incident: incidentIdShape.optional(),
  containment: containmentIdShape.optional(),
  plan: planHashShape.optional(),
  reason: text(1024).optional(),
  for: duration.optional(),
  force: z.boolean().optional(),
  leave: z.boolean().optional(),
  /** For pause and resume; without it, all playbooks. */
  playbook: z
    .string()
    .regex(/^[a-z][a-z-]{0,63}$/, 'is not the name of a playbook')
    .optional(),
  /** The stack it is meant for (`portcullis-prod`). It is signed with the rest, so no other stack accepts the order. */
  stage: text(64).optional(),
  claim: z.discriminatedUnion('how', [slack, mail, iam]),
})

export type Order = z.output<typeof order>
export type Claim = Order['claim']
export type StsProof = z.output<typeof proof>
/** An order before it is signed: everything but the proof. */
export type UnsignedOrder = Omit<Order, 'claim'> & { claim: { how: 'iam' } }

/** The SHA-256 (hexadecimal) of an order's canonical JSON without its proof. */
export const digestOf = ({ claim, ...rest }: Order | UnsignedOrder): string =>
  digest(canonical(JSON.parse(JSON.stringify({ ...rest, claim: { how: claim.how } }))))

/** The same UUID (version 8, RFC 9562) for the same texts, so a repeated request is one order. */
export function orderIdOf(...texts: string[]): string {
  const hex = digest(...texts)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
