import * as z from 'zod'
import { generateMac, verifyMac } from '../lib/mac.ts'
import { parseJson } from '../lib/parse-json.ts'
import { incidentIdShape } from './identifiers.ts'

const validMs = 7 * 86_400_000

const claims = z.strictObject({
  incident: incidentIdShape,
  person: z.string().min(1),
  until: z.iso.datetime(),
})

/**
 * The address of an incident's review page for one person, valid for seven days. The link only shows; it cannot decide.
 * `key` is the id of a KMS key for HMAC_SHA_256; `base` is the base URL at which functions/decision-intake answers.
 */
export async function makeReviewLink(review: {
  incident: string
  person: string
  base: string
  key: string
}): Promise<string> {
  const { incident, person, base, key } = review
  const until = new Date(Date.now() + validMs).toISOString()
  const payload = Buffer.from(JSON.stringify({ incident, person, until })).toString('base64url')
  const mac = await generateMac(key, Buffer.from(payload))
  return `${base.replace(/\/$/, '')}/i/${incident}?t=${payload}.${mac.toString('base64url')}`
}

/** The incident and the person of a link's token; undefined when the token was changed or has expired. */
export async function readReviewLink(
  token: string,
  key: string,
): Promise<{ incident: string; person: string } | undefined> {
  const [, payload, mac] = /^([\w-]{1,1024})\.([\w-]{43})$/.exec(token) ?? []
  const read = payload && claimsOf(payload)
  if (!read || !mac || Date.parse(read.until) <= Date.now()) return undefined
  const isValid = await verifyMac(key, Buffer.from(payload), Buffer.from(mac, 'base64url'))
  return isValid ? { incident: read.incident, person: read.person } : undefined
}

const claimsOf = (payload: string) =>
  claims.safeParse(parseJson(Buffer.from(payload, 'base64url').toString())).data
