import { GenerateMacCommand, KMSClient, KMSInvalidMacException, VerifyMacCommand } from '@aws-sdk/client-kms'
import * as z from 'zod'
import { parseJson } from '../lib/parse-json.ts'
import { incidentIdShape } from './identifiers.ts'

const validMs = 7 * 86_400_000
const MacAlgorithm = 'HMAC_SHA_256'

const claims = z.strictObject({
  incident: incidentIdShape,
  person: z.string().min(1),
  until: z.iso.datetime(),
})

let kms: KMSClient | undefined

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
  kms ??= new KMSClient({})
  const { incident, person, base, key } = review
  const until = new Date(Date.now() + validMs).toISOString()
  const payload = Buffer.from(JSON.stringify({ incident, person, until })).toString('base64url')
  const { Mac = new Uint8Array() } = await kms.send(
    new GenerateMacCommand({ KeyId: key, MacAlgorithm, Message: Buffer.from(payload) }),
  )
  return `${base.replace(/\/$/, '')}/i/${incident}?t=${payload}.${Buffer.from(Mac).toString('base64url')}`
}

/** The incident and the person of a link's token; undefined when the token was changed or has expired. */
export async function readReviewLink(
  token: string,
  key: string,
): Promise<{ incident: string; person: string } | undefined> {
  const [, payload, mac] = /^([\w-]{1,1024})\.([\w-]{43})$/.exec(token) ?? []
  const read = payload && claimsOf(payload)
  if (!read || !mac || Date.parse(read.until) <= Date.now()) return undefined
  kms ??= new KMSClient({})
  const Mac = Buffer.from(mac, 'base64url')
  try {
    await kms.send(new VerifyMacCommand({ KeyId: key, MacAlgorithm, Message: Buffer.from(payload), Mac }))
    return { incident: read.incident, person: read.person }
  } catch (error) {
    if (error instanceof KMSInvalidMacException) return undefined
    throw error
  }
}

const claimsOf = (payload: string) =>
  claims.safeParse(parseJson(Buffer.from(payload, 'base64url').toString())).data
