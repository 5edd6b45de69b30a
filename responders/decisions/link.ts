import * as z from 'zod'
import { generateMac, verifyMac } from '../../lib/mac.ts'
import { parseJson } from '../../lib/parse-json.ts'
import { incidentId } from './order.ts'

const lastsMs = 7 * 86_400_000

const pass = z.strictObject({ incident: incidentId, person: z.string().min(1), until: z.iso.datetime() })

/**
 * The address of an incident's page for one person, for seven days. It shows; it does not decide. `key` is the id of
 * a KMS key for HMAC_SHA_256, `base` where functions/decision-intake answers.
 */
export async function makeLink(it: {
  incident: string
  person: string
  base: string
  key: string
}): Promise<string> {
  const { incident, person, base, key } = it
  const until = new Date(Date.now() + lastsMs).toISOString()
  const payload = Buffer.from(JSON.stringify({ incident, person, until })).toString('base64url')
  const mac = await generateMac(key, Buffer.from(payload))
  return `${base.replace(/\/$/, '')}/i/${incident}?t=${payload}.${mac.toString('base64url')}`
}

/** Whose page of which incident a token opens; nothing when it was changed or its time is over. */
export async function readLink(
  token: string,
  key: string,
): Promise<{ incident: string; person: string } | undefined> {
  const [, payload, mac] = /^([\w-]{1,1024})\.([\w-]{43})$/.exec(token) ?? []
  const read = payload && passOf(payload)
  if (!read || !mac || Date.parse(read.until) <= Date.now()) return undefined
  const isValid = await verifyMac(key, Buffer.from(payload), Buffer.from(mac, 'base64url'))
  return isValid ? { incident: read.incident, person: read.person } : undefined
}

const passOf = (payload: string) =>
  pass.safeParse(parseJson(Buffer.from(payload, 'base64url').toString())).data
