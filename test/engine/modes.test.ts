import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { respond } from '../../engine/respond.ts'
import { type Mode, modes } from '../../engine/rule.ts'
import { startCloud } from '../cloud.ts'
import { play, ruleOf, written } from '../laws/steps.ts'
import { scene } from '../scenes/identity/deny-inference.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())
afterEach(() => vi.unstubAllEnvs())

// The outcome of a rule with this mode under this ceiling.
const table: Record<Mode, Record<Mode, string>> = {
  observe: { observe: 'observed', approve: 'observed', contain: 'observed' },
  approve: { observe: 'observed', approve: 'proposed', contain: 'proposed' },
  contain: { observe: 'observed', approve: 'proposed', contain: 'contained' },
}
const cases = modes.flatMap((mode) =>
  modes.map((ceiling) => ({ mode, ceiling, wanted: table[mode][ceiling] })),
)

describe.each(cases)('a rule with mode $mode under the ceiling $ceiling', ({ mode, ceiling, wanted }) => {
  const opened = () =>
    play(cloud, scene, { door: respond(scene.playbook, [ruleOf(scene.playbook, { mode })]) })

  test(`is ${wanted}, and records why`, async () => {
    vi.stubEnv('PORTCULLIS_CEILING', ceiling)
    const it = await opened()
    const { outcome, calls } = await it.deliver(it.event())
    expect(outcome?.status).toBe(wanted)
    const record = await it.record()
    expect(record).toMatchObject({
      id: outcome?.containment,
      incident: outcome?.incident,
      status: wanted,
      mode,
      rule: 'law',
      event: { id: 'event-1' },
      before: { inference: 'allowed' },
      after: { inference: 'denied' },
      plan: {
        hash: outcome?.plan?.hash,
        changes: [{ path: '/inference', before: 'allowed', after: 'denied' }],
      },
    })
    expect(Date.parse(record?.due ?? '') - Date.parse(record?.opened ?? '')).toBe(24 * 3_600_000)
    if (wanted === 'contained') return expect(await it.stage.look()).not.toEqual(it.before)

    const bounded = mode !== wanted.replace('proposed', 'approve').replace('observed', 'observe')
    expect(record?.why).toBe(bounded ? `The stage's ceiling is ${ceiling}.` : undefined)
    expect(record?.history).toMatchObject([{ status: wanted, by: { how: 'rule' } }])
    expect(written(calls)).toEqual([])
    // A proposal has a schedule too: its deadline.
    const booked = await cloud.bookings()
    expect(booked.map(({ command }) => command)).toMatchObject(
      wanted === 'proposed' ? [{ do: 'expire' }] : [],
    )
    expect(await it.stage.look()).toEqual(it.before)
  })

  test('is recorded once for any number of events', async () => {
    vi.stubEnv('PORTCULLIS_CEILING', ceiling)
    const it = await opened()
    const first = await it.deliver(it.event())
    const record = await it.record()
    for (const id of ['event-1', 'event-2']) {
      const { outcome } = await it.deliver(it.event(id))
      expect(outcome?.containment, 'one that the journal knows').toBe(first.outcome?.containment)
    }
    expect(await it.record()).toEqual(record)
    expect(await cloud.containments()).toHaveLength(1)
  })
})

test('a preview writes nothing', async () => {
  const it = await play(cloud, scene)
  const { outcome, calls } = await it.deliver({ do: 'plan', target: it.stage.target })
  expect(outcome).toMatchObject({ status: 'planned', plan: { changes: [{ path: '/inference' }] } })
  expect(calls.filter(({ write }) => write)).toEqual([])
})

test('the hash of a preview is that of the proposal', async () => {
  const it = await play(cloud, scene)
  const preview = await it.deliver({ do: 'plan', target: it.stage.target })
  const { outcome } = await it.deliver(it.event())
  expect(preview.outcome?.plan?.hash).toBe(outcome?.plan?.hash)
})

test('a target that is already in the contained state is observed', async () => {
  const it = await play(cloud, scene)
  await it.contain()
  const contained = await it.stage.look()
  // The journal is lost, and the target is still as we wrote it.
  await cloud.forget()
  const { outcome, calls } = await it.deliver(it.event())
  expect(outcome).toMatchObject({ status: 'observed', why: 'There is nothing left to change.' })
  expect(written(calls)).toEqual([])
  expect(await it.stage.look()).toEqual(contained)
})

test('an observation does not displace a proposal', async () => {
  vi.stubEnv('PORTCULLIS_CEILING', 'approve')
  const rules = [ruleOf(scene.playbook), ruleOf(scene.playbook, { name: 'watcher', mode: 'observe' })]
  const it = await play(cloud, scene, { door: respond(scene.playbook, rules) })
  await it.deliver(it.event())
  const proposal = await it.record()
  await it.deliver({ ...it.event('event-2'), rule: 'watcher' })
  expect(await it.record()).toEqual(proposal)
})
