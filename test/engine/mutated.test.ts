import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { respond } from '../../engine/respond.ts'
import { denyInference } from '../../playbooks/identity/deny-inference.ts'
import { rules } from '../../rules/index.ts'
import { startCloud } from '../cloud.ts'
import { byEngine, play } from '../laws/steps.ts'
import { scene } from '../scenes/identity/deny-inference.ts'
import { hostile, realEvent } from './events.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

const rule = 'bedrock-model-access-enabled'

/** Every place in an event, root first. */
const places = (value: unknown, at: string[] = []): string[][] => [
  at,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => places(inner, [...at, key]))
    : []),
]

const gone = Symbol('gone')
const anything = fc.oneof(
  fc.constant(gone),
  fc.constantFrom<unknown>(
    ...hostile,
    [],
    {},
    null,
    -1,
    1e308,
    JSON.parse('{"__proto__":{"x":1}}'),
    'y'.repeat(2000),
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
)

function changed(value: unknown, [key, ...rest]: string[], to: unknown): unknown {
  if (key === undefined) return to === gone ? undefined : to
  const copy: unknown[] | Record<string, unknown> = Array.isArray(value)
    ? [...value]
    : { ...(value as object) }
  const inner = changed((value as Record<string, unknown>)[key], rest, to)
  if (inner === undefined) delete (copy as Record<string, unknown>)[key]
  else (copy as Record<string, unknown>)[key] = inner
  return copy
}

const mutated = fc
  .array(fc.tuple(fc.constantFrom(...places({ rule, event: realEvent() })), anything), {
    minLength: 1,
    maxLength: 3,
  })
  .map((changes) =>
    changes.reduce<unknown>((event, [place, to]) => changed(event, reachable(event, place), to), {
      rule,
      event: realEvent(),
    }),
  )

// An earlier change may have removed the parent of this place.
const reachable = (value: unknown, place: string[]): string[] => {
  let here = value
  return place.filter((key) => {
    const known = typeof here === 'object' && here !== null && key in here
    here = known ? (here as Record<string, unknown>)[key] : undefined
    return known
  })
}

test('for any event: no error, one notice, and only the target that it names is changed', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (command) => {
      const it = await play(cloud, scene, { door: respond(denyInference, rules) })
      const statuses = ['contained', 'already', 'guarded', 'parked', undefined]
      for (let times = 0; times < 2; times++) {
        const { outcome, error, calls } = await it.deliver(command)
        expect(error).toBeUndefined()
        expect(statuses).toContain(outcome?.status)
        for (const { write, body, ...call } of calls)
          if (write && !byEngine({ write, body, ...call })) expect(body).toMatch(/RoleName=rag-indexer&/)
      }
      const record = await it.record()
      if (record)
        expect(record).toMatchObject({ status: 'contained', target: { principal: 'role/rag-indexer' } })
      else expect(await it.stage.look()).toEqual(it.before)
      const notices = await cloud.notices()
      expect(notices.length).toBeLessThanOrEqual(1)
      for (const { says } of notices) expect(says).not.toMatch(/\p{C}/u)
    }),
    { numRuns: 150, examples: [[{ rule, event: realEvent() }]] },
  )
})
