import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { respond } from '../../engine/respond.ts'
import { startCloud } from '../cloud.ts'
import { scenes } from '../scenes/index.ts'
import type { Call } from '../tap.ts'
import { again, byEngine, type Play, rehearse, ruleOf, undoes, written } from './steps.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

const settled = ['contained', 'already', 'containing']

describe.each(scenes.map((scene) => [scene.playbook.name, scene] as const))('%s', (_name, scene) => {
  let it: Play
  let contained: unknown
  let calls: Call[]
  beforeAll(async () => {
    ;({ it, containing: calls, contained } = await rehearse(cloud, scene))
  })
  beforeEach(async () => {
    it = await again(cloud, scene, it)
  })

  test('one event delivered twice at the same moment is one containment', async () => {
    const both = await Promise.all([it.deliver(it.event()), it.deliver(it.event())])
    for (const { outcome, error } of both) expect(settled, String(error)).toContain(outcome?.status)
    await isOnce()
  })

  test('five events at the same moment are one containment', async () => {
    const all = await Promise.all([1, 2, 3, 4, 5].map((n) => it.deliver(it.event(`event-${n}`))))
    for (const { outcome, error } of all) expect(settled, String(error)).toContain(outcome?.status)
    await isOnce()
  })

  test('a second delivery while the first is at any of its calls changes nothing', async () => {
    const samples = Math.min(calls.length, 3)
    for (let n = 1; n <= samples; n++) {
      it = await again(cloud, scene, it)
      const here = cloud.tap.reached(Math.ceil((n * calls.length) / samples))
      const first = it.deliver(it.event())
      await Promise.race([here, first])
      const [one, two] = await Promise.all([first, it.deliver(it.event())])
      expect(settled, String(one.error)).toContain(one.outcome?.status)
      expect(settled, String(two.error)).toContain(two.outcome?.status)
      await isOnce()
    }
  })

  test('a slow write of the first delivery does not affect the second', async () => {
    const slow = cloud.tap.hold((call) => call.write && !byEngine(call))
    const first = it.deliver(it.event())
    await slow.arrived
    // A little later, as a retry would be, so that values that depend on the time differ.
    await new Promise((resolve) => setTimeout(resolve, 20))
    const second = it.deliver(it.event())
    await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 1000))])
    slow.letGo()
    for (const { outcome, error } of await Promise.all([first, second]))
      expect(settled, String(error)).toContain(outcome?.status)
    await isOnce()
  })

  test('a release waits for a containment in progress, and then reverts all of it', async () => {
    // Calls the function directly: `deliver` waits for every call, and one is held.
    const obey = respond(scene.playbook, [ruleOf(scene.playbook)])
    const slow = cloud.tap.hold((call) => call.write && !byEngine(call))
    const first = obey(it.event())
    await slow.arrived
    const [hasty] = await obey(await it.release())
    expect(hasty).toMatchObject({ status: 'already', why: expect.stringContaining('in one minute') })
    // The scheduler gets an error, so it retries.
    await expect(obey(await it.clock())).rejects.toMatchObject({ name: 'TimeoutError' })
    slow.letGo()
    expect((await first)[0]?.status).toBe('contained')
    const { outcome } = await it.deliver(await it.clock())
    expect(outcome?.status).toBe(undoes(scene) ? 'released' : 'closed')
    if (undoes(scene)) expect(await it.stage.look()).toEqual(it.before)
  })

  test('a release before its event, and the event again after it, do nothing', async () => {
    const early = await it.deliver({ ...(await it.release()), containment: 'c-0123456789abcdef' })
    expect(early.outcome?.status).toBe('superseded')
    expect(written(early.calls)).toEqual([])
    await it.contain()
    const release = await it.release()
    const end = undoes(scene) ? 'released' : 'closed'
    expect((await it.deliver(release)).outcome?.status).toBe(end)
    const after = await it.stage.look()

    for (const late of [it.event(), release]) {
      const { outcome, calls } = await it.deliver(late)
      expect(outcome?.status).toBe('already')
      expect(written(calls)).toEqual([])
      expect(await it.stage.look()).toEqual(after)
    }
    expect((await it.record())?.status).toBe(end)
  })

  test.skipIf(!undoes(scene))(
    'after a release the next event contains again, and is released again',
    async () => {
      await it.contain()
      const old = await it.release()
      await it.deliver(old)
      const { outcome } = await it.deliver(it.event('event-2'))
      expect(outcome?.status, outcome?.why).toBe('contained')
      expect(await it.look()).toEqual(contained)
      // An old message's button does not affect a later containment.
      const late = await it.deliver(old)
      expect(late.outcome?.status).toBe('superseded')
      expect(written(late.calls)).toEqual([])
      expect((await it.deliver(await it.clock())).outcome?.status).toBe('released')
      expect(await it.stage.look()).toEqual(it.before)
      expect(await cloud.containments()).toHaveLength(2)
    },
  )

  async function isOnce() {
    expect((await it.record())?.status).toBe('contained')
    expect(await cloud.containments()).toHaveLength(1)
    expect(await cloud.entered()).toBe(scene.playbook.home ? 0 : 1)
    expect(await it.look()).toEqual(contained)
    const { outcome } = await it.deliver(await it.release())
    expect(outcome?.status, outcome?.why).toBe(undoes(scene) ? 'released' : 'closed')
    if (undoes(scene)) expect(await it.stage.look()).toEqual(it.before)
  }
})
