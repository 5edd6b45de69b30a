import * as z from 'zod'
import { getPath } from '../lib/get-path.ts'
import { homeRegionOf } from '../lib/partition.ts'
import { BadEvent } from './errors.ts'

const iamName = /^[\w+=,.@-]{1,64}$/

/** Every identifier of a target, with the pattern that AWS documents for it. */
export const identifiers = {
  accessKeyId: /^\w{16,128}$/,
  apiName: /^[^\p{C}]{1,255}$/u,
  guardrailId: /^[a-z0-9]{1,64}$/,
  instanceId: /^i-([0-9a-f]{8}|[0-9a-f]{17})$/,
  // One address, not a range; block-ip checks whether it is public.
  ipAddress: new RegExp(`${z.regexes.ipv4.source}|${z.regexes.ipv6.source}`),
  ipSetArn: /^arn:aws[\w-]*:wafv2:[a-z0-9-]+:\d{12}:(regional|global)\/ipset\/[\w-]{1,128}\/[\w-]{1,64}$/,
  principal: /^(role|user)\/[\w+=,.@-]{1,64}$/,
  principalId: /^AROA\w{12,124}:[\w+=,.@-]{2,64}$/,
  roleName: iamName,
  serviceSpecificCredentialId: /^\w{20,128}$/,
  stageName: /^[\w-]{1,128}$/,
  subject: /^[^\p{C}]{1,256}$/u,
  // An end user, as named by the application; sdk/limits.ts converts any other text to this form.
  userId: /^[\w.:@+=,$#-]{1,256}$/,
  userName: iamName,
  userPoolId: /^[\w-]{1,45}_[0-9A-Za-z]{1,45}$/,
  // Cognito allows nearly any name. A user whose name does not match is identified by its `sub`.
  username: /^[\w+=,.@-]{1,128}$/,
} satisfies Record<string, RegExp>

export type Identifier = keyof typeof identifiers

/** The identifiers of a target, and always its account and Region. */
export type Target<K extends Identifier = never> = { account: string; region: string } & {
  [key in K]: string
}

/** A target of any kind. */
export type AnyTarget = { account: string; region: string } & { [key in Identifier]?: string }

const location = {
  account: z.string().regex(/^\d{12}$/, 'is not a 12-digit account ID'),
  region: z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'is not a Region'),
}

/** The target that a rule or a command names, checked field by field. Throws `BadEvent` with the path and the value. */
export function parseTarget<K extends Identifier>(
  keys: readonly K[],
  input: unknown,
  global = false,
): Target<K> {
  const shape = Object.fromEntries(
    keys.map((key) => [key, z.string().regex(identifiers[key], `is not a valid ${key}`)]),
  )
  const result = z.strictObject({ ...location, ...shape }).safeParse(input)
  if (!result.success) {
    const [issue] = result.error.issues
    const path = issue?.path.join('.') ?? ''
    throw new BadEvent({
      path: `target.${path}`,
      found: getPath(input, ...(issue?.path ?? [])),
      problem: issue?.message ?? 'is not a valid target',
    })
  }
  const target = result.data as Target<K>
  // A global resource is one target from every Region: two targets would read each other's changes as `before`.
  return global ? { ...target, region: homeRegionOf(target.region) } : target
}

/** The key of a target in the journal. Its values cannot contain the separator: they would not have parsed. */
export const targetKey = (target: AnyTarget): string =>
  Object.entries(target)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join('|')
