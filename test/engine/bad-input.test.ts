import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { identifiers } from '../../engine/identifiers.ts'
import { respond } from '../../engine/respond.ts'
import { denyInference } from '../../playbooks/identity/deny-inference.ts'
import { playbooks } from '../../playbooks/index.ts'
import { rules } from '../../rules/index.ts'
import { account, startCloud } from '../cloud.ts'
import { type Play, play, ruleOf, written } from '../laws/steps.ts'
import { scene } from '../scenes/identity/deny-inference.ts'
import { hostile, nested, realEvent } from './events.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

let it: Play
beforeEach(async () => {
  it = await play(cloud, scene, { door: respond(denyInference, rules) })
})

const rule = 'bedrock-model-access-enabled'
const issuer = 'detail.userIdentity.sessionContext.sessionIssuer.userName'

/** Delivered three times, it changes nothing, writes one notice, and is sent to the dead-letter queue each time. */
async function isParked(input: unknown, ...words: (string | RegExp)[]) {
  let notices = await cloud.notices()
  for (let times = 0; times < 3; times++) {
    const { outcome, calls, error } = await it.deliver(input)
    expect(error).toBeUndefined()
    expect(outcome?.status, outcome?.why).toBe('parked')
    expect(written(calls)).toEqual([])
    if (times === 0) notices = await cloud.notices()
  }
  expect(notices).toHaveLength(1)
  expect(await cloud.notices(), 'said once: written again, it would be announced again').toEqual(notices)
  for (const word of words) expect(notices[0]?.says).toMatch(word)
  expect(notices[0]?.says).not.toMatch(/\p{C}/u)
  expect(notices[0]?.says.length).toBeLessThan(1000)
  expect(await cloud.containments()).toEqual([])
  expect(await cloud.bookings()).toEqual([])
  expect(await it.stage.look()).toEqual(it.before)
  const letters = await cloud.deadLetters()
  expect(letters).toHaveLength(3)
  return letters[0] as { rule: string; error: { path: string; found: string }; event: unknown }
}

describe('an invalid command', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'contain'],
    ['a number', 7],
    ['a list', [{ do: 'plan' }]],
    ['an empty object', {}],
    ['an unknown verb', { do: 'delete', target: {} }],
    ['a command with an extra field', { do: 'plan', target: {}, command: 'rm -rf /' }],
    ['an event without a rule', { event: realEvent() }],
    ['a rule without an event', { rule }],
    ['an event of the wrong type', { rule, event: 'x' }],
    ['no id', { rule, event: { ...realEvent(), id: undefined } }],
    ['an invalid account', { rule, event: { ...realEvent(), account: '../1' } }],
    ['an invalid time', { rule, event: { ...realEvent(), time: 'yesterday' } }],
    ['a detail of the wrong type', { rule, event: { ...realEvent(), detail: [] } }],
    [
      'a release of something else',
      { do: 'release', target: {}, containment: 'c-1', by: { who: 'x', how: 'y' } },
    ],
    ['a hundred thousand brackets', nested(100_000)],
    ['a hundred thousand brackets in an event', { rule, event: { ...realEvent(), id: nested(100_000) } }],
  ])('%s is parked', async (_what, input) => void (await isParked(input, /Nothing was done/)))

  test('is parked unchanged', async () => {
    const input = { rule, event: { ...realEvent(), account: 'x' } }
    expect((await isParked(input)).event).toEqual(input)
  })

  test('an unknown rule is named', async () => {
    const letter = await isParked(
      { rule: 'no-such-rule', event: realEvent() },
      /^no-such-rule: rule is not a rule/,
    )
    expect(letter.rule).toBe('no-such-rule')
  })
})

describe('the target name in an event', () => {
  test.each(hostile)('is parked if it is %j', async (userName) => {
    const letter = await isParked({ rule, event: realEvent({ userName }) }, rule, issuer)
    expect(letter).toMatchObject({ rule, error: { path: issuer } })
  })

  test.each([
    ['missing', undefined],
    ['an object', { toString: 'x' }],
  ])('is parked if it is %s', async (_what, userName) => {
    await isParked({ rule, event: realEvent({ userName }) }, rule, issuer)
  })

  test('is parked if its kind is unknown, naming it', async () => {
    await isParked({ rule, event: realEvent({ type: 'Robot' }) }, rule, 'detail.userIdentity.type', '"Robot"')
  })

  test.each(playbooks.map((playbook) => [playbook.name, playbook] as const))(
    '%s takes no other text for an identifier',
    async (_name, playbook) => {
      const door = respond(playbook, [])
      const target = { ...it.stage.target, ...Object.fromEntries(playbook.target.map((key) => [key, 'x'])) }
      for (const key of [...playbook.target, 'account', 'region'] as const)
        for (const text of hostile) {
          // Names that users choose may be any text on one line; they are not part of an ARN, a policy or an expression.
          const free = key === 'apiName' || key === 'subject'
          if (free && identifiers[key].shape.test(text)) continue
          const { calls, result } = await cloud.tap.during(() =>
            door({ do: 'plan', target: { ...target, [key]: text } }),
          )
          expect(result, `${key}: ${text}`).toMatchObject({
            status: 'fulfilled',
            value: [{ status: 'parked' }],
          })
          expect(calls.every(({ service }) => service === 'sqs' || service === 'dynamodb')).toBe(true)
        }
    },
  )
})

describe('an excessive size', () => {
  const large = 'x'.repeat(1_000_000)

  test.each([
    [
      'in what the rule does not read',
      (event: object) => ({ ...event, detail: { ...realEvent().detail, large } }),
    ],
    ['beside the detail', (event: object) => ({ ...event, large })],
    [
      'in what AWS lists',
      (event: object) => ({ ...event, resources: Array(10_000).fill(`arn:aws:s3:::${'y'.repeat(50)}`) }),
    ],
    ['in depth', (event: object) => ({ ...event, detail: { ...realEvent().detail, deep: nested(100_000) } })],
  ])('%s does not prevent the containment', async (_where, grow) => {
    const { outcome, error } = await it.deliver({ rule, event: grow(realEvent()) })
    expect(error).toBeUndefined()
    expect(outcome?.status, outcome?.why).toBe('contained')
    const event = (await it.record())?.event
    expect(event?.id).toBe(realEvent().id)
    if (!event?.detail) expect(event?.omitted).toMatch(/look up the event/)
    expect(JSON.stringify(event).length).toBeLessThan(64_000)
  })

  test.each([
    ['a number that DynamoDB cannot store', 1e308],
    ['a number that JavaScript rounds', 2 ** 60],
    ['an empty key', { '': { '': 1 } }],
    ['a key that is a prototype', JSON.parse('{"__proto__":{"x":1}}')],
    ['more depth than DynamoDB allows', nested(40)],
    ['half a character', '\ud800'],
  ])('or %s does not either, and is stored unchanged', async (_what, odd) => {
    const event = { ...realEvent(), detail: { ...realEvent().detail, odd } }
    expect((await it.deliver({ rule, event })).outcome?.status).toBe('contained')
    const kept = (await it.record())?.event.detail as string
    expect(JSON.parse(kept)).toEqual(event.detail)
  })

  test('of an identifier is parked, and shown shortened', async () => {
    const letter = await isParked({ rule, event: realEvent({ userName: large }) }, /… \(\d{7} characters\)/)
    expect(JSON.stringify(letter).length).toBeLessThan(2000)
  })

  test('of an id is parked', async () =>
    void (await isParked({ rule, event: { ...realEvent(), id: large } })))

  test('of a number of targets is parked', async () => {
    const flood = Array.from({ length: 101 }, (_, n) => ({ principal: `role/r-${n}` }))
    const door = respond(scene.playbook, [
      ruleOf(scene.playbook, { then: { 'deny-inference': () => flood } }),
    ])
    it = await play(cloud, scene, { door })
    await isParked({ rule: 'law', event: realEvent() }, /names more than 100 targets/)
  })

  test('of names that users choose fits into every key', async () => {
    const long = '€'.repeat(1024)
    const door = respond(scene.playbook, [ruleOf(scene.playbook, { subject: () => long })])
    it = await play(cloud, scene, { door })
    const { event } = it.event(long)
    expect(
      (await it.deliver({ rule: 'law', event: { ...event, detail: { sample: true } } })).outcome?.status,
    ).toBe('guarded')
    expect((await it.deliver({ rule: 'law', event })).outcome?.status).toBe('contained')
    expect((await cloud.notices()).map(({ kind }) => kind)).toEqual(['guarded'])
  })
})

test('the unchanged event is contained: the events above are refused for their changes', async () => {
  const { outcome } = await it.deliver({ rule, event: realEvent() })
  expect(outcome).toMatchObject({ status: 'contained', target: { account, principal: 'role/rag-indexer' } })
})
