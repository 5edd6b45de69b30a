import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { getPath } from '../../lib/get-path.ts'
import type { Seeded } from '../seed/seeded.ts'

/** In the order in which they are told: attacks, and at the end what must cause nothing. */
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
  /** Identifiers that must be the target's; it may have more. */
  target: z.record(z.string(), z.string()),
  /** `approved` and `denied`: it is proposed, and then a person says so. */
  ends: z.enum(['contained', 'approved', 'denied']),
  /** Not of an event itself, but of what was counted: where events go to the bus. */
  counted: z.literal(true).optional(),
})
const notice = z.strictObject({ notice: z.enum(['guarded', 'unreadable']) })
const already = z.strictObject({ already: z.string() })

const file = z.strictObject({
  title: z.string(),
  /** Whole EventBridge envelopes in their documented shapes; the bus gives each a new id. */
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
  /** Everything that must come of it: containments, notices, and playbooks that find their work done already. */
  expect: z.array(z.union([containment, notice, already])),
})

export type PlayedAttack = z.output<typeof file> & { name: (typeof names)[number] }
export type RecordedAttack = PlayedAttack['events'][number]
export type Expected = PlayedAttack['expect'][number]

/** Every attack on this account. Throws, naming the file, on an id that is not seeded or a shape that is wrong. */
export const attacksOn = (seeded: Seeded): PlayedAttack[] =>
  names.map((name) => ({ name, ...read(name, seeded) }))

function read(name: string, seeded: Seeded): z.output<typeof file> {
  const text = readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')
  const result = file.safeParse(JSON.parse(fill(text, { ...seeded, now: new Date().toISOString() })))
  if (!result.success) throw new Error(`local/attacks/${name}.json: ${z.prettifyError(result.error)}`)
  return result.data
}

// Ids and names of our own seed only: nothing in them needs escaping in JSON.
const fill = (text: string, values: object): string =>
  text.replace(/{{([\w.-]+)}}/g, (_, path: string) => {
    const value = getPath(values, ...path.split('.'))
    if (typeof value !== 'string') throw new Error(`local/attacks: nothing is seeded as {{${path}}}.`)
    return value
  })
