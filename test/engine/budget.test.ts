import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startCloud } from '../cloud.ts'
import { emptyTrust } from '../documents.ts'
import { type Play, person, play, written } from '../laws/steps.ts'
import { scene } from '../scenes/identity/deny-inference.ts'

const cloud = await startCloud({ PORTCULLIS_BUDGET: '10' })
afterAll(() => cloud.stop())
afterEach(() => {
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

let it: Play
beforeEach(async () => {
  // In the middle of an hour: the budget is for one hour.
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true, now: new Date('2026-11-21T12:30:00Z') })
  it = await play(cloud, scene)
  for (let n = 1; n <= 12; n++)
    await new IAMClient({}).send(
      new CreateRoleCommand({ RoleName: `role-${n}`, AssumeRolePolicyDocument: emptyTrust }),
    )
})

const on = (n: number) => {
  const command = it.event(`event-${n}`)
  const target = { ...it.stage.target, principal: `role/role-${n}` }
  return { ...command, event: { ...command.event, detail: { target } } }
}

const spend = async (times: number) => {
  for (let n = 1; n <= times; n++) expect((await it.deliver(on(n))).outcome?.status).toBe('contained')
}

const proposed = { status: 'proposed', why: 'More than 10 containments by deny-inference in this hour.' }

test('the eleventh containment in an hour is proposed, and says why', async () => {
  await spend(10)
  const { outcome, calls } = await it.deliver(on(11))
  expect(outcome).toMatchObject(proposed)
  expect(written(calls)).toEqual([])
  const record = (await cloud.containments()).find(({ id }) => id === outcome?.containment)
  expect(record).toMatchObject(proposed)
})

test('the next hour has its own budget', async () => {
  await spend(10)
  vi.setSystemTime(new Date('2026-11-21T13:00:01Z'))
  expect((await it.deliver(on(11))).outcome?.status).toBe('contained')
})

test('a duplicate is not charged, nor is a preview, nor a second event on one target', async () => {
  await spend(9)
  for (let times = 0; times < 3; times++) await it.deliver(on(1))
  await it.deliver({ ...on(2), event: { ...on(2).event, id: 'another' } })
  await it.deliver({ do: 'plan', target: on(3).event.detail.target })
  expect((await it.deliver(on(10))).outcome?.status).toBe('contained')
  expect((await it.deliver(on(11))).outcome?.status).toBe('proposed')
})

test('an approval is neither limited by the budget nor charged to it', async () => {
  vi.stubEnv('PORTCULLIS_CEILING', 'approve')
  const consentTo = async (n: number) => {
    const { outcome } = await it.deliver(on(n))
    const { containment, plan, target } = outcome ?? {}
    return it.deliver({ do: 'contain', target, containment, plan: plan?.hash, by: person })
  }
  expect((await consentTo(12)).outcome?.status).toBe('contained')
  vi.stubEnv('PORTCULLIS_CEILING', 'contain')
  await spend(10)
  expect((await it.deliver(on(11))).outcome?.status).toBe('proposed')
  expect((await consentTo(11)).outcome?.status).toBe('contained')
})

test('a burst at one moment does not exceed it', async () => {
  const all = await Promise.all(Array.from({ length: 12 }, (_, n) => it.deliver(on(n + 1))))
  const said = all.map(({ outcome }) => outcome?.status).sort()
  expect(said).toEqual([...Array(10).fill('contained'), 'proposed', 'proposed'])
})

test('with a budget of zero nothing is contained', async () => {
  vi.stubEnv('PORTCULLIS_BUDGET', '0')
  const { outcome, calls } = await it.deliver(on(1))
  expect(outcome?.status).toBe('proposed')
  expect(written(calls)).toEqual([])
})
