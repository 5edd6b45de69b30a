import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { respond } from '../../engine/respond.ts'
import type { Approval } from '../../engine/rule.ts'
import { startCloud } from '../cloud.ts'
import { hours, later, type Play, person, play, ruleOf, written } from '../laws/steps.ts'
import { scene } from '../scenes/identity/deny-inference.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())
beforeEach(() => vi.stubEnv('PORTCULLIS_CEILING', 'approve'))
afterEach(() => vi.unstubAllEnvs())

/** A proposal of a rule with this `ask`. */
async function proposed(ask?: Partial<Approval>): Promise<Play> {
  const door = respond(scene.playbook, [{ ...ruleOf(scene.playbook), ...(ask && { ask }) }])
  const it = await play(cloud, scene, { door })
  const { outcome } = await it.deliver(it.event())
  expect(outcome?.status, outcome?.why).toBe('proposed')
  return it
}

const consentOf = async (it: Play, who = 'maria') => {
  const { id, plan, target } = (await it.record()) ?? {}
  return { do: 'contain', target, containment: id, plan: plan?.hash, by: { ...person, who } }
}

describe('an undecided proposal', () => {
  test('is closed at its deadline, and nothing was changed', async () => {
    const it = await proposed()
    const clock = await it.clock()
    expect((await it.deliver(clock)).outcome).toMatchObject({
      status: 'already',
      why: 'The deadline has not passed.',
    })
    const { outcome, calls } = await later(1.1 * hours, () => it.deliver(clock))
    expect(outcome?.status, outcome?.why).toBe('closed')
    expect(written(calls)).toEqual([])
    expect((await it.record())?.history.at(-1)).toMatchObject({ status: 'closed', by: { who: 'clock' } })
    expect(await it.stage.look()).toEqual(it.before)
  })

  test('is contained at its deadline if its rule says so', async () => {
    const it = await proposed({ onExpire: 'contain', within: '15m' })
    const clock = await it.clock()
    const { outcome } = await later(0.3 * hours, () => it.deliver(clock))
    expect(outcome?.status, outcome?.why).toBe('contained')
    expect(await it.stage.look()).not.toEqual(it.before)
    await it.deliver(await it.release())
    expect(await it.stage.look()).toEqual(it.before)
  })

  test('cannot be approved after its deadline', async () => {
    const it = await proposed()
    const consent = await consentOf(it)
    const { outcome } = await later(1.1 * hours, () => it.deliver(consent))
    expect(outcome).toMatchObject({ status: 'already', why: 'The deadline has passed.' })
    expect(await it.stage.look()).toEqual(it.before)
  })

  test('is not closed at its deadline after an approval', async () => {
    const it = await proposed()
    const clock = await it.clock()
    await it.deliver(await consentOf(it))
    const { outcome } = await later(1.1 * hours, () => it.deliver(clock))
    expect(outcome).toMatchObject({ status: 'already' })
    expect((await it.record())?.status).toBe('contained')
  })

  test('is not postponed by a duplicate of its event', async () => {
    const it = await proposed()
    const before = await cloud.bookings()
    await later(0.5 * hours, () => it.deliver(it.event()))
    expect(await cloud.bookings()).toEqual(before)
  })
})

describe('a proposal that two people must approve', () => {
  test('is contained by the second person, not by one person twice', async () => {
    const it = await proposed({ approvals: 2 })
    for (const _ of ['once', 'twice']) {
      const { outcome } = await it.deliver(await consentOf(it, 'maria'))
      expect(outcome).toMatchObject({ status: 'proposed', why: 'Approved by 1 of 2.' })
    }
    expect(await it.stage.look()).toEqual(it.before)
    expect((await it.deliver(await consentOf(it, 'lee'))).outcome?.status).toBe('contained')
    expect((await it.record())?.approvals).toMatchObject([{ who: 'maria' }])
  })

  test('is contained by two who approve at the same moment', async () => {
    const it = await proposed({ approvals: 2 })
    const both = await Promise.all(['maria', 'lee'].map(async (who) => it.deliver(await consentOf(it, who))))
    for (const { error } of both) expect(error).toBeUndefined()
    expect((await it.record())?.status).toBe('contained')
  })
})
