import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { respond } from '../../engine/respond.ts'
import { startCloud } from '../cloud.ts'
import { scenes } from '../scenes/index.ts'
import { own, type Play, play, ruleOf, undoes, written } from './steps.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

describe.each(scenes.map((scene) => [scene.playbook.name, scene] as const))('%s', (_name, scene) => {
  let it: Play
  beforeEach(async () => {
    it = await play(cloud, scene)
  })

  test('contained twice is contained once', async () => {
    const first = await it.contain()
    const contained = await it.stage.look()
    expect(contained).not.toEqual(it.before)

    for (const id of ['event-1', 'event-2']) {
      const again = await it.deliver(it.event(id))
      expect(again.outcome?.status).toBe('already')
      expect(again.outcome?.containment).toBe(first.outcome?.containment)
      expect(written(again.calls)).toEqual([])
      expect(await it.stage.look()).toEqual(contained)
    }
  })

  test('is released to what it was', async () => {
    await it.contain()
    const contained = await it.stage.look()
    const { outcome } = await it.deliver(await it.clock())
    if (undoes(scene)) {
      expect(outcome?.status, outcome?.why).toBe('released')
      expect(await it.stage.look()).toEqual(it.before)
    } else {
      expect(outcome?.status).toBe('closed')
      expect(await it.stage.look()).toEqual(contained)
    }
    expect((await it.record())?.status).toBe(outcome?.status)
  })

  test('books the release before it writes', async () => {
    const { calls } = await it.contain()
    const booked = calls.find(({ action }) => action === 'scheduler:CreateSchedule')
    const first = own(calls).find(({ write }) => write)
    expect(booked?.status).toBe(200)
    expect(first?.start).toBeGreaterThan(booked?.end ?? Number.POSITIVE_INFINITY)
  })

  test('is said to be contained after it was read back', async () => {
    const { calls } = await it.contain()
    const wrote = Math.max(
      ...own(calls)
        .filter(({ write }) => write)
        .map(({ end }) => end),
    )
    const read = own(calls).filter(({ write, start }) => !write && start > wrote)
    expect(read, 'reads after the last write').not.toEqual([])
    const said = calls.findLast(({ action }) => action === 'dynamodb:UpdateItem')
    expect(said?.start).toBeGreaterThan(Math.max(...read.map(({ end }) => end)))
  })

  test('is not said to be contained where a write does nothing', async () => {
    const { calls } = await it.contain()
    const writes = [...new Set(written(calls))]
    expect(writes).not.toEqual([])
    const all = 'every write'
    for (const action of [...writes, all]) {
      const hasty = { ...scene.playbook, settles: 0.2 }
      const again = await play(cloud, scene, { door: respond(hasty, [ruleOf(hasty)]) })
      for (const one of writes) if (action === one || action === all) cloud.tap.answer(one, 'nothing')
      const { outcome } = await again.deliver(again.event())
      expect(outcome?.status, `${action} did nothing`).toBe('failed')
      expect((await again.record())?.status).toBe('failed')
    }
  })
})
