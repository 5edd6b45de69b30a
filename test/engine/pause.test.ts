import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { readIncident } from '../../engine/journal/incidents.ts'
import { pauseKey } from '../../engine/journal/pause.ts'
import { prefix, startCloud } from '../cloud.ts'
import { hours, later, person, play, written } from '../laws/steps.ts'
import { scene } from '../scenes/identity/deny-inference.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())
afterEach(() => vi.unstubAllEnvs())

const pause = (name: string) =>
  DynamoDBDocumentClient.from(new DynamoDBClient({})).send(
    new PutCommand({
      TableName: prefix,
      Item: {
        ...pauseKey,
        paused: { [name]: { until: new Date(Date.now() + hours).toISOString(), by: person } },
      },
    }),
  )

test.each(['all', 'deny-inference'])(
  'while %s is paused, a rule only observes, until the pause ends',
  async (name) => {
    const it = await play(cloud, scene)
    await pause(name)
    const { outcome, calls } = await it.deliver(it.event())
    expect(outcome).toMatchObject({ status: 'observed', why: expect.stringMatching(/^Paused by /) })
    expect(written(calls)).toEqual([])
    const after = await later(1.1 * hours, () => it.deliver(it.event('event-2')))
    expect(after.outcome?.status, after.outcome?.why).toBe('contained')
  },
)

test('while another playbook is paused, this one acts', async () => {
  const it = await play(cloud, scene)
  await pause('quarantine-instance')
  await it.contain()
})

test('while all is paused, approvals are not carried out, and scheduled releases are', async () => {
  const it = await play(cloud, scene)
  await it.contain()
  await pause('all')
  expect((await it.deliver(await it.clock())).outcome?.status).toBe('released')
  vi.stubEnv('PORTCULLIS_CEILING', 'approve')
  const other = await play(cloud, scene)
  await other.deliver(other.event())
  await pause('all')
  const { id, plan, target } = (await other.record()) ?? {}
  const { outcome } = await other.deliver({
    do: 'contain',
    target,
    containment: id,
    plan: plan?.hash,
    by: person,
  })
  expect(outcome).toMatchObject({ status: 'guarded', why: expect.stringMatching(/^Paused by /) })
  expect(await other.stage.look()).toEqual(other.before)
})

test('an extension postpones the release, up to the limit of the deployment', async () => {
  const it = await play(cloud, scene)
  await it.contain()
  const { id, target, due = '' } = (await it.record()) ?? {}
  const extend = (more: string) => ({ do: 'extend', target, containment: id, for: more, by: person })
  expect((await it.deliver(extend('4h'))).outcome?.status).toBe('contained')
  const record = await it.record()
  expect(Date.parse(record?.due ?? '') - Date.parse(due)).toBe(4 * hours)
  expect(await cloud.bookings()).toMatchObject([{ due: `at(${record?.due.slice(0, 19)})` }])
  expect(record?.history.at(-1)).toMatchObject({ status: 'contained', by: person })
  vi.stubEnv('PORTCULLIS_LONGEST', '24h')
  expect((await it.deliver(extend('7d'))).outcome?.status).toBe('already')
  for (const wrong of ['-1h', '0h', '1.5h', 'soon', '1y'])
    expect((await it.deliver(extend(wrong))).outcome?.status, wrong).toBe('parked')
  await it.deliver(await it.release())
  expect((await it.deliver(extend('4h'))).outcome?.status).toBe('already')
})

test('the preview of a release shows its changes and writes nothing', async () => {
  const it = await play(cloud, scene)
  await it.contain()
  const { id, target, plan } = (await it.record()) ?? {}
  const { outcome, calls } = await it.deliver({ do: 'plan', target, containment: id })
  expect(outcome).toMatchObject({
    status: 'planned',
    plan: {
      changes: plan?.changes.map(({ path, before, after }) => ({ path, before: after, after: before })),
    },
    strays: [],
  })
  expect(calls.filter(({ write }) => write)).toEqual([])
})

test('a containment that is closed without changes ends, and the target stays as it is', async () => {
  const it = await play(cloud, scene)
  await it.contain()
  const contained = await it.stage.look()
  const { outcome } = await it.deliver(await it.release({ leave: true }))
  expect(outcome?.status).toBe('closed')
  expect(await it.stage.look()).toEqual(contained)
  expect(await cloud.bookings()).toEqual([])
})

test('further events are recorded once each, up to the limit', async () => {
  const it = await play(cloud, scene)
  const { outcome } = await it.contain()
  for (const id of ['event-2', 'event-3', 'event-2']) await it.deliver(it.event(id))
  const incident = await readIncident(outcome?.incident ?? '', prefix)
  expect(incident?.events.map((line) => line.split(' ').at(-1))).toEqual(['event-2', 'event-3'])
  expect(incident?.containments.map(({ id }) => id)).toEqual([outcome?.containment])
})
