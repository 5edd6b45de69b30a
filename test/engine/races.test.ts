import { afterAll, beforeEach, expect, test } from 'vitest'
import { startCloud } from '../cloud.ts'
import { type Play, play, written } from '../laws/steps.ts'
import { scene } from '../scenes/identity/disable-access-key.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

let it: Play
beforeEach(async () => {
  it = await play(cloud, scene)
})

test('a read from before the last release is not used as the state before the next containment', async () => {
  await it.contain()
  // The second event has read the target and waits for the journal; meanwhile the first containment is released.
  const journal = cloud.tap.hold('dynamodb:GetItem')
  const second = it.deliver(it.event('event-2'))
  await journal.arrived
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect((await it.deliver(await it.release())).outcome?.status).toBe('released')
  journal.letGo()
  expect((await second).outcome?.status).toBe('contained')
  expect(await it.stage.look()).not.toEqual(it.before)
  expect((await it.deliver(await it.clock())).outcome?.status).toBe('released')
  expect(await it.stage.look()).toEqual(it.before)
})

test('a read from before a containment does not count as the containment being undone', async () => {
  // The second event has read the target and waits for the journal; meanwhile the first one contains.
  const journal = cloud.tap.hold(
    ({ action, body }) => action === 'dynamodb:GetItem' && body.includes('containment#'),
  )
  const second = it.deliver(it.event('event-2'))
  await journal.arrived
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect((await it.deliver(it.event('event-1'))).outcome?.status).toBe('contained')
  journal.letGo()
  expect((await second).outcome?.status).toBe('already')
  expect((await it.record())?.history.map(({ status }) => status)).toEqual(['containing', 'contained'])
})

test('an event with a slow journal loses to a faster one, and reports it', async () => {
  const entry = cloud.tap.hold('dynamodb:TransactWriteItems')
  const slow = it.deliver(it.event('event-1'))
  await entry.arrived
  const quick = await it.deliver(it.event('event-2'))
  expect(quick.outcome?.status).toBe('contained')
  entry.letGo()
  const { outcome } = await slow
  expect(outcome).toMatchObject({ status: 'already', containment: quick.outcome?.containment })
  expect(await cloud.entered()).toBe(1)
  expect(await cloud.containments()).toHaveLength(1)
})

test('a scheduled and a manual release at the same moment are one release', async () => {
  await it.contain()
  const both = await Promise.all([it.deliver(await it.clock()), it.deliver(await it.release())])
  for (const { outcome, error } of both)
    expect(['released', 'already'], String(error)).toContain(outcome?.status)
  const record = await it.record()
  expect(record?.history.filter(({ status }) => status === 'released')).toHaveLength(1)
  expect(await it.stage.look()).toEqual(it.before)
})

test('a late duplicate of an earlier event does not contain again', async () => {
  for (const id of ['event-1', 'event-2']) {
    expect((await it.deliver(it.event(id))).outcome?.status).toBe('contained')
    expect((await it.deliver(await it.clock())).outcome?.status).toBe('released')
  }
  const { outcome, calls } = await it.deliver(it.event('event-1'))
  expect(outcome?.status).toBe('already')
  expect(written(calls)).toEqual([])
  expect(await it.stage.look()).toEqual(it.before)
})
