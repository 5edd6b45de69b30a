import * as z from 'zod'
import { verbs } from '../../engine/journal/record.ts'
import { canonical, digest } from '../../lib/canonical.ts'

/** Everything a person may ask for; `code` asks for a proof that a mailbox is theirs. */
export const asked = [...verbs, 'pause', 'resume', 'preview-undo', 'code'] as const

const text = (most: number) => z.string().min(1).max(most)
const duration = z.templateLiteral([z.number().int().positive(), z.enum(['s', 'm', 'h', 'd'])])
export const incidentId = z.string().regex(/^inc-[0-9a-f]{8}$/, 'is no incident id')
export const containmentIdShape = z.string().regex(/^c-[0-9a-f]{16}$/, 'is not a valid containment ID')
export const planHashShape = z.string().regex(/^[0-9a-f]{7,64}$/, 'is no plan hash of seven digits or more')

/** A signed request to AWS STS that says who sends the order: see proof.ts. */
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
  /** With it a form can be opened, for three seconds; it is there when a button was pressed that needs more words. */
  trigger: text(256).optional(),
})

const mail = z.strictObject({
  how: z.literal('mail'),
  person: text(64),
  address: text(254),
  /** Empty in the order that asks for one. */
  code: z.string().regex(/^(\d{8})?$/, 'is no code of eight digits'),
})

const iam = z.strictObject({ how: z.literal('iam'), proof })

/** What a person asks for, and how they say who they are; nothing of it is believed before settle has looked. */
export const order = z.strictObject({
  id: z.uuid(),
  at: z.iso.datetime(),
  verb: z.enum(asked),
  incident: incidentId.optional(),
  containment: containmentIdShape.optional(),
  plan: planHashShape.optional(),
  reason: text(1024).optional(),
  for: duration.optional(),
  force: z.boolean().optional(),
  leave: z.boolean().optional(),
  /** Of pause and resume; without it all. */
  playbook: z
    .string()
    .regex(/^[a-z][a-z-]{0,63}$/, 'is no playbook')
    .optional(),
  /** The stack it is for (`portcullis-prod`): signed with the rest, so that no other stack obeys it. */
  stage: text(64).optional(),
  claim: z.discriminatedUnion('how', [slack, mail, iam]),
})

export type Order = z.output<typeof order>
export type Claim = Order['claim']
export type StsProof = z.output<typeof proof>
/** An order as it is signed: whole, but for the signature. */
export type Unsigned = Omit<Order, 'claim'> & { claim: { how: 'iam' } }

/** The SHA-256 (hexadecimal) of an order's canonical JSON without its proof. */
export const digestOf = ({ claim, ...rest }: Order | Unsigned): string =>
  digest(canonical(JSON.parse(JSON.stringify({ ...rest, claim: { how: claim.how } }))))

/** The same UUID (version 8, RFC 9562) for the same texts: what is asked twice is one order. */
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
