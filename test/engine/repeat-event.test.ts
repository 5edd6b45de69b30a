import { DetachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { respond } from '../../engine/respond.ts'
import { startCloud } from '../cloud.ts'
import { type Play, person, play, ruleOf, written } from '../laws/steps.ts'
import { scene } from '../scenes/identity/deny-inference.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

const slip = () =>
  new IAMClient({}).send(
    new DetachRolePolicyCommand({
      RoleName: 'rag-indexer',
      PolicyArn: 'arn:aws:iam::123456789012:policy/portcullis-test-deny-inference',
    }),
  )
const door = (more: Parameters<typeof ruleOf>[1]) => respond(scene.playbook, [ruleOf(scene.playbook, more)])

describe('another event about a target that is contained', () => {
  let it: Play
  let contained: unknown
  beforeEach(async () => {
    it = await play(cloud, scene)
    await it.contain()
    contained = await it.stage.look()
  })

  test('contains it again after the attacker removed the containment', async () => {
    await slip()
    const { outcome } = await it.deliver(it.event('event-2'))
    expect(outcome?.status).toBe('contained')
    expect(await it.stage.look()).toEqual(contained)
    await it.deliver(await it.release())
    expect(await it.stage.look()).toEqual(it.before)
  })

  test.each(['observe', 'approve'] as const)(
    'does not contain again under a rule that may only %s, but writes one notice',
    async (mode) => {
      await slip()
      for (const id of ['event-2', 'event-3']) {
        const [outcome] = await door({ mode })(it.event(id))
        expect(outcome?.status).toBe('already')
      }
      expect(await it.stage.look()).toEqual(it.before)
      expect(await cloud.notices()).toMatchObject([
        { kind: 'trouble', says: expect.stringContaining('responder must act') },
      ])
    },
  )

  test('postpones the release, if that gains enough time', async () => {
    const first = (await it.record())?.due ?? ''
    const [outcome] = await door({ release: '7d' })(it.event('event-2'))
    expect(outcome?.status).toBe('already')
    const later = (await it.record())?.due ?? ''
    expect(Date.parse(later) - Date.parse(first)).toBeGreaterThan(5 * 86_400_000)
    expect(await cloud.bookings()).toMatchObject([{ due: `at(${later.slice(0, 19)})` }])

    await door({ release: '1h' })(it.event('event-3'))
    expect((await it.record())?.due).toBe(later)
  })

  test('does not resume a failed containment under the ceiling observe', async () => {
    await it.deliver(await it.release())
    cloud.tap.answer('iam:AttachRolePolicy', 'denied')
    expect((await it.deliver(it.event('event-4'))).outcome?.status).toBe('failed')
    await cloud.tap.mend()
    const [outcome] = await door({ mode: 'observe' })(it.event('event-4'))
    expect(outcome?.status).toBe('already')
    expect(await it.stage.look()).toEqual(it.before)
  })
})

describe('a late duplicate', () => {
  test('of an earlier event does not contain again', async () => {
    const it = await play(cloud, scene)
    for (const id of ['a', 'b']) {
      await it.deliver(it.event(id))
      await it.deliver(await it.release())
    }
    const { outcome, calls } = await it.deliver(it.event('a'))
    expect(outcome?.status).toBe('already')
    expect(written(calls)).toEqual([])
    expect(await it.stage.look()).toEqual(it.before)
  })
})

describe('a scheduled release that fails', () => {
  test('is scheduled again, and then carried out', async () => {
    const it = await play(cloud, scene)
    await it.contain()
    const release = await it.clock()
    cloud.tap.answer('iam:DetachRolePolicy', 'denied')
    const { outcome } = await it.deliver(release)
    expect(outcome).toMatchObject({ status: 'failed', why: expect.stringContaining('excepted or protected') })
    await cloud.tap.mend()
    const id = (await it.record())?.id
    const [again] = (await cloud.bookings()).filter(({ name }) => name === `${id}-1`)
    expect(again?.command).toEqual(release)
    expect((await it.deliver(again?.command)).outcome?.status).toBe('released')
    expect(await it.stage.look()).toEqual(it.before)
  })
})

describe('a proposal', () => {
  test('cannot be approved once its target is excepted', async () => {
    const it = await play(cloud, scene, { door: door({ mode: 'approve' }) })
    await it.deliver(it.event())
    const record = await it.record()
    vi.stubEnv('PORTCULLIS_CEILING', 'contain')
    const { plan, target, id } = record ?? {}
    const consent = { do: 'contain', plan: plan?.hash, target, containment: id, by: person }
    await it.stage.protect?.()
    expect((await it.deliver(consent)).outcome?.status).toBe('guarded')
    expect((await it.record())?.status).toBe('proposed')
  })
})
