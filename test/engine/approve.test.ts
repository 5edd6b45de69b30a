import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startCloud } from '../cloud.ts'
import { documentOf } from '../documents.ts'
import { type Play, person, play, written } from '../laws/steps.ts'
import { scene } from '../scenes/identity/revoke-sessions.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())
afterEach(() => vi.unstubAllEnvs())

describe('an approval', () => {
  let it: Play
  beforeEach(async () => {
    vi.stubEnv('PORTCULLIS_CEILING', 'approve')
    it = await play(cloud, scene)
    const { outcome } = await it.deliver(it.event())
    expect(outcome?.status, outcome?.why).toBe('proposed')
  })

  const consent = async (more: object = {}) => {
    const { id, plan, target } = (await it.record()) ?? {}
    return { do: 'contain', target, containment: id, plan: plan?.hash, by: person, ...more }
  }

  async function changesNothing(command: unknown, status: string) {
    const record = await it.record()
    const bookings = await cloud.bookings()
    const delivery = await it.deliver(command)
    expect(delivery.outcome?.status, delivery.outcome?.why).toBe(status)
    expect(written(delivery.calls)).toEqual([])
    expect(await it.stage.look()).toEqual(it.before)
    expect(await it.record()).toEqual(record)
    expect(await cloud.bookings()).toEqual(bookings)
    return delivery
  }

  test('contains what was shown, schedules its release and records the approver', async () => {
    const proposed = await it.record()
    const { outcome } = await it.deliver(await consent())
    expect(outcome?.status, outcome?.why).toBe('contained')
    expect(await it.stage.look()).not.toEqual(it.before)
    const record = await it.record()
    expect(record?.history.map(({ status, by }) => [status, by.who])).toEqual([
      ['proposed', 'portcullis'],
      ['containing', person.who],
      ['contained', person.who],
    ])
    // The duration runs from the approval, not from the proposal.
    expect(Date.parse(record?.due ?? '')).toBeGreaterThan(Date.parse(proposed?.due ?? ''))
    expect(await cloud.bookings()).toMatchObject([
      { name: record?.id, due: `at(${record?.due.slice(0, 19)})` },
    ])
    expect((await it.deliver(await it.clock())).outcome?.status).toBe('released')
    expect(await it.stage.look()).toEqual(it.before)
  })

  test('given twice counts once', async () => {
    const command = await consent()
    const both = await Promise.all([it.deliver(command), it.deliver(command)])
    for (const { error } of both) expect(error).toBeUndefined()
    const record = await it.record()
    expect(record?.status).toBe('contained')
    expect(record?.history.filter(({ status }) => status === 'containing')).toHaveLength(1)
    const again = await it.deliver(command)
    expect(again.outcome?.status).toBe('already')
    expect(written(again.calls)).toEqual([])
  })

  test('of another plan changes nothing', async () => {
    await changesNothing(await consent({ plan: 'f'.repeat(64) }), 'superseded')
  })

  test('of another containment changes nothing', async () => {
    await changesNothing(await consent({ containment: 'c-0123456789abcdef' }), 'superseded')
  })

  test('under the ceiling observe changes nothing', async () => {
    vi.stubEnv('PORTCULLIS_CEILING', 'observe')
    const { outcome } = await changesNothing(await consent(), 'proposed')
    expect(outcome?.why).toMatch(/ceiling is observe/)
  })

  test('of a target that was protected since changes nothing', async () => {
    await it.stage.protect?.()
    const { outcome } = await changesNothing(await consent(), 'guarded')
    expect(outcome?.why).toMatch(/portcullis:protected/)
  })

  test('of a target that is gone changes nothing', async () => {
    const command = await consent()
    await it.stage.destroy?.()
    const { outcome, calls } = await it.deliver(command)
    expect(outcome?.status).toBe('guarded')
    expect(written(calls)).toEqual([])
  })

  test('is needed again if the plan has changed since', async () => {
    const old = await consent()
    const PolicyDocument = documentOf({ Effect: 'Deny', Action: 's3:*', Resource: '*' })
    const theirs = { RoleName: 'rag-indexer', PolicyName: 'AWSRevokeOlderSessions', PolicyDocument }
    await new IAMClient({}).send(new PutRolePolicyCommand(theirs))
    const present = await it.stage.look()

    const { outcome, calls } = await it.deliver(old)
    expect(outcome?.status).toBe('superseded')
    expect(outcome?.plan?.hash).not.toBe(old.plan)
    expect(written(calls)).toEqual([])
    expect(await it.stage.look()).toEqual(present)
    expect(await it.record()).toMatchObject({ status: 'proposed', plan: { hash: outcome?.plan?.hash } })

    expect((await it.deliver(old)).outcome?.status).toBe('superseded')
    const agreed = await it.deliver(await consent())
    expect(agreed.outcome?.status, agreed.outcome?.why).toBe('contained')
    expect((await it.deliver(await it.clock())).outcome?.status).toBe('released')
    expect(await it.stage.look()).toEqual(present)
  })

  test('that is denied closes the proposal', async () => {
    const { outcome, calls } = await it.deliver(await it.release())
    expect(outcome?.status).toBe('closed')
    expect(written(calls)).toEqual([])
    await changesNothing(await consent(), 'already')
  })

  test('retries a failed containment, but not under the ceiling observe', async () => {
    cloud.tap.answer('iam:PutRolePolicy', 'denied')
    expect((await it.deliver(await consent())).outcome?.status).toBe('failed')
    await cloud.tap.mend()
    const other = await it.deliver(await consent({ plan: 'f'.repeat(64) }))
    expect(other.outcome?.status).toBe('superseded')
    expect(written(other.calls)).toEqual([])
    vi.stubEnv('PORTCULLIS_CEILING', 'observe')
    const refused = await it.deliver(await consent())
    expect(refused.outcome).toMatchObject({
      status: 'failed',
      why: expect.stringMatching(/ceiling is observe/),
    })
    expect(written(refused.calls)).toEqual([])
    vi.stubEnv('PORTCULLIS_CEILING', 'approve')
    expect((await it.deliver(await consent())).outcome?.status).toBe('contained')
  })
})
