import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { getPath } from '../../lib/get-path.ts'
import type { Seeded } from '../seed/seeded.ts'

/** In the order in which they are replayed: attacks first, then events that must cause nothing. */
const names = [
  'llmjacking',
  'ai-protection',
  'stolen-instance-credential',
  'compromised-instance',
  'seen-twice',
  'leaked-key',
  'attack-sequence',
  'api-flood',
  'prompt-injection',
  'sample-finding',
  'everyday-call',
  'malformed',
] as const

const containment = z.strictObject({
  playbook: z.string(),
  /** Identifiers that the target must have; it may have more. */
  target: z.record(z.string(), z.string()),
  /** `approved` and `denied`: it is proposed, and a person decides. */
  ends: z.enum(['contained', 'approved', 'denied']),
  /** Caused by a threshold over several events, so it happens only where events go through the bus. */
  counted: z.literal(true).optional(),
})
const notice = z.strictObject({ notice: z.enum(['guarded', 'unreadable']) })
const already = z.strictObject({ already: z.string() })

const file = z.strictObject({
  title: z.string(),
  /** Whole EventBridge envelopes in their documented shapes. The bus assigns each a new id. */
  events: z.array(
    z.object({
      source: z.string(),
      'detail-type': z.string(),
      account: z.string(),
      region: z.string(),
      time: z.iso.datetime(),
      resources: z.array(z.string()),
      detail: z.looseObject({ eventName: z.string().optional(), type: z.string().optional() }),
    }),
  ),
  /** Every expected result: containments, notices, and playbooks that answer `already`. */
  expect: z.array(z.union([containment, notice, already])),
})

export type PlayedAttack = z.output<typeof file> & { name: (typeof names)[number] }
export type RecordedAttack = PlayedAttack['events'][number]
export type Expected = PlayedAttack['expect'][number]

/** Every attack, on this account. Throws, naming the file, where an id is not seeded or the shape is not valid. */
export const attacksOn = (seeded: Seeded): PlayedAttack[] =>
  names.map((name) => ({ name, ...read(name, seeded) }))

function read(name: string, seeded: Seeded): z.output<typeof file> {
  const text = readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')
  const result = file.safeParse(JSON.parse(fill(text, { ...seeded, now: new Date().toISOString() })))
  if (!result.success) throw new Error(`local/attacks/${name}.json: ${z.prettifyError(result.error)}`)
  return result.data
}

// The values are ids and names of the seed, none of which needs escaping in JSON.
const fill = (text: string, values: object): string =>
  text.replace(/{{([\w.-]+)}}/g, (_, path: string) => {
    const value = getPath(values, ...path.split('.'))
    if (typeof value !== 'string') throw new Error(`local/attacks: the seeded account has no {{${path}}}.`)
    return value
  })
