import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { startCloud } from '../cloud.ts'
import { type Play, play, written } from '../laws/steps.ts'
import { scene } from '../scenes/identity/disable-access-key.ts'
import type { Call } from '../tap.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

let it: Play
beforeEach(async () => {
  it = await play(cloud, scene)
})

const passing = ['throttled', 'broken', 'no answer'] as const
const toJournal = (call: Call) => call.service === 'dynamodb'

async function touchesNothing() {
  const { outcome, error, calls } = await it.deliver(it.event())
  expect(written(calls)).toEqual([])
  expect(await it.stage.look()).toEqual(it.before)
  return { outcome, error }
}

async function works() {
  await cloud.tap.mend()
  const { outcome, error } = await it.deliver(it.event())
  expect(error).toBeUndefined()
  expect(outcome?.status, outcome?.why).toBe('contained')
  expect((await it.record())?.failure ?? null).toBeNull()
  expect((await it.deliver(await it.clock())).outcome?.status).toBe('released')
  expect(await it.stage.look()).toEqual(it.before)
}

describe('a call that is refused permanently', () => {
  test('fails, and records which changes were made; the release restores them', async () => {
    cloud.tap.answer('iam:PutUserPolicy', 'denied')
    const { outcome, error } = await it.deliver(it.event())
    expect(error).toBeUndefined()
    expect(outcome).toMatchObject({ status: 'failed', why: expect.stringMatching(/AccessDenied/) })
    expect(await it.record()).toMatchObject({
      status: 'failed',
      failure: { during: 'contain', done: [{ path: '/status' }], missing: [{ path: '/sessions' }] },
    })
    await cloud.tap.mend()
    const release = await it.deliver(await it.clock())
    expect(release.outcome?.status, release.outcome?.why).toBe('released')
    expect(await it.stage.look()).toEqual(it.before)
  })

  test('is retried by the next delivery of the same event', async () => {
    cloud.tap.answer('iam:PutUserPolicy', 'denied')
    await it.deliver(it.event())
    await works()
  })

  test('in a release fails, records it, and a late event does not contain again', async () => {
    await it.contain()
    cloud.tap.answer('iam:DeleteUserPolicy', 'denied')
    const release = await it.release()
    expect((await it.deliver(release)).outcome).toMatchObject({
      status: 'failed',
      why: expect.stringMatching(/AccessDenied/),
    })
    expect(await it.record()).toMatchObject({
      failure: { during: 'release', done: [{ path: '/status' }], missing: [{ path: '/sessions' }] },
    })
    await cloud.tap.mend()
    const half = await it.stage.look()
    const late = await it.deliver(it.event())
    expect(late.outcome?.status).toBe('already')
    expect(written(late.calls)).toEqual([])
    expect(await it.stage.look()).toEqual(half)
    expect((await it.deliver(release)).outcome?.status).toBe('released')
    expect(await it.stage.look()).toEqual(it.before)
  })

  test('of a read is thrown, announced once, and changes nothing', async () => {
    cloud.tap.answer('iam:GetUser', 'denied')
    for (let times = 0; times < 2; times++) expect((await touchesNothing()).error).toBeDefined()
    expect(await cloud.notices()).toMatchObject([
      { kind: 'trouble', says: expect.stringMatching(/^law: AccessDenied/) },
    ])
    await works()
  })
})

describe.each(passing)('a call that is temporarily %s', (fault) => {
  const read = ['iam:GetAccessKeyLastUsed', 'iam:ListAccessKeys', 'iam:GetUserPolicy']
  const write = ['iam:UpdateAccessKey', 'iam:PutUserPolicy']

  test.each([...read, ...write])(
    '%s is thrown, announced once, and finished by the next delivery',
    async (action) => {
      cloud.tap.answer(action, fault)
      for (let times = 0; times < 2; times++) {
        const { error, calls } = await it.deliver(it.event())
        expect(error, 'thrown, so that it is delivered again').toBeDefined()
        if (read.includes(action)) expect(written(calls)).toEqual([])
      }
      if (write.includes(action)) expect((await it.record())?.status).toBe('failed')
      expect(await cloud.notices()).toMatchObject([
        { kind: 'trouble', rule: 'law', playbook: 'disable-access-key' },
      ])
      expect(await cloud.deadLetters()).toEqual([])
      await works()
    },
  )

  test('in a release is thrown, and finished by the next scheduled try', async () => {
    await it.contain()
    cloud.tap.answer('iam:DeleteUserPolicy', fault)
    const release = await it.clock()
    expect((await it.deliver(release)).error).toBeDefined()
    await cloud.tap.mend()
    const again = await it.deliver(release)
    expect(again.outcome?.status, again.outcome?.why).toBe('released')
    expect(await it.stage.look()).toEqual(it.before)
  })
})

describe.each([...passing, 'denied'] as const)('when every call is %s', (fault) => {
  test('to the journal, nothing is changed', async () => {
    cloud.tap.answer(toJournal, fault)
    expect((await touchesNothing()).error).toBeDefined()
    expect(await cloud.bookings()).toEqual([])
    await works()
  })

  test('to the journal, nothing is released', async () => {
    await it.contain()
    const [contained, clock] = [await it.stage.look(), await it.clock()]
    cloud.tap.answer(toJournal, fault)
    const { error, calls } = await it.deliver(clock)
    expect(error).toBeDefined()
    expect(written(calls)).toEqual([])
    expect(await it.stage.look()).toEqual(contained)
  })

  test('to the scheduler, nothing is changed: no containment without a release', async () => {
    cloud.tap.answer((call) => call.service === 'scheduler', fault)
    const { outcome, error } = await touchesNothing()
    if (fault === 'denied') expect(outcome?.status).toBe('failed')
    else expect(error).toBeDefined()
    expect((await it.record())?.status).toBe('failed')
    await works()
  })

  test('to the dead-letter queue, an unreadable event is still announced', async () => {
    cloud.tap.answer('sqs:SendMessage', fault)
    const unreadable = { rule: 'law', event: { id: 'event-1' } }
    for (let times = 0; times < 2; times++) expect((await it.deliver(unreadable)).error).toBeDefined()
    expect(await cloud.notices()).toMatchObject([{ kind: 'trouble' }])
    await cloud.tap.mend()
    expect((await it.deliver(unreadable)).outcome?.status).toBe('parked')
    expect((await cloud.notices()).map(({ kind }) => kind).sort()).toEqual(['trouble', 'unreadable'])
    expect(await cloud.deadLetters()).toHaveLength(1)
  })
})
