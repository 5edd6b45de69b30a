import * as z from 'zod'
import { homeRegionOf } from '../lib/partition.ts'
import { BadEvent } from './errors.ts'

const iamName = /^[\w+=,.@-]{1,64}$/

/** Every identifier that may name a target, with the shape AWS documents for it. */
export const identifiers = {
  accessKeyId: /^\w{16,128}$/,
  apiName: /^[^\p{C}]{1,255}$/u,
  guardrailId: /^[a-z0-9]{1,64}$/,
  instanceId: /^i-([0-9a-f]{8}|[0-9a-f]{17})$/,
  // One address and no range; whether it is a public one is block-ip's to say.
  ipAddress: new RegExp(`${z.regexes.ipv4.source}|${z.regexes.ipv6.source}`),
  ipSetArn: /^arn:aws[\w-]*:wafv2:[a-z0-9-]+:\d{12}:(regional|global)\/ipset\/[\w-]{1,128}\/[\w-]{1,64}$/,
  principal: /^(role|user)\/[\w+=,.@-]{1,64}$/,
  principalId: /^AROA\w{12,124}:[\w+=,.@-]{2,64}$/,
  roleName: iamName,
  serviceSpecificCredentialId: /^\w{20,128}$/,
  stageName: /^[\w-]{1,128}$/,
  subject: /^[^\p{C}]{1,256}$/u,
  // An end user, as the application names it; endUserIdOf replaces any other text by its digest.
  userId: /^[\w.:@+=,$#-]{1,256}$/,
  userName: iamName,
  userPoolId: /^[\w-]{1,45}_[0-9A-Za-z]{1,45}$/,
  // Cognito lets names hold nearly anything. A user whose name is not of these is named by its `sub`.
  username: /^[\w+=,.@-]{1,128}$/,
} satisfies Record<string, RegExp>

export type Identifier = keyof typeof identifiers

/** Named identifiers, and always where they are. */
export type Target<K extends Identifier = never> = { account: string; region: string } & {
  [key in K]: string
}

/** A target of any kind, for what does not care which. */
export type AnyTarget = { account: string; region: string } & { [key in Identifier]?: string }

const place = {
  account: z.string().regex(/^\d{12}$/, 'is not a 12-digit account id'),
  region: z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'is not a Region'),
}

/** The target a rule or a command names, checked field by field. Throws `BadEvent` naming path and value. */
export function parseTarget<K extends Identifier>(
  keys: readonly K[],
  input: unknown,
  global = false,
): Target<K> {
  const shape = Object.fromEntries(
    keys.map((key) => [key, z.string().regex(identifiers[key], `is no ${key}`)]),
  )
  const result = z.strictObject({ ...place, ...shape }).safeParse(input)
  if (!result.success) {
    const [issue] = result.error.issues
    const path = issue?.path.join('.') ?? ''
    throw new BadEvent({
      path: `target.${path}`,
      found: at(input, path),
      problem: issue?.message ?? 'is no target',
    })
  }
  const target = result.data as Target<K>
  // A global resource seen from two Regions is one target: two would capture each other's work as `before`.
  return global ? { ...target, region: homeRegionOf(target.region) } : target
}

/** One text for one target: the journal's key. Values cannot hold the separator, or they did not parse. */
export const targetKey = (target: AnyTarget): string =>
  Object.entries(target)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join('|')

const at = (input: unknown, path: string): unknown =>
  path && typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[path] : input
