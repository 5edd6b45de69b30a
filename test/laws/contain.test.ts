import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { respond } from '../../engine/respond.ts'
import { startCloud } from '../cloud.ts'
import { scenes } from '../scenes/index.ts'
import { asNew, type Delivery, own, type Play, play, ruleOf, undoes, written } from './steps.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

describe.each(scenes.map((scene) => [scene.playbook.name, scene] as const))('%s', (_name, scene) => {
  let it: Play
  let first: Delivery
  let contained: unknown
  beforeAll(async () => {
    it = await play(cloud, scene)
    first = await it.contain()
    contained = await it.stage.look()
  })

  test('contained twice is contained once', async () => {
    expect(contained).not.toEqual(it.before)
    for (const id of ['event-1', 'event-2']) {
      const again = await it.deliver(it.event(id))
      expect(again.outcome?.status).toBe('already')
      expect(again.outcome?.containment).toBe(first.outcome?.containment)
      expect(written(again.calls)).toEqual([])
      expect(await it.stage.look()).toEqual(contained)
    }
  })

  test('books the release before it writes', () => {
    const booked = first.calls.find(({ action }) => action === 'scheduler:CreateSchedule')
    const wrote = own(first.calls).find(({ write }) => write)
    expect(booked?.status).toBe(200)
    expect(wrote?.start).toBeGreaterThan(booked?.end ?? Number.POSITIVE_INFINITY)
  })

  test('reports contained only after it was read back', () => {
    const wrote = Math.max(
      ...own(first.calls)
        .filter(({ write }) => write)
        .map(({ end }) => end),
    )
    const read = own(first.calls).filter(({ write, start }) => !write && start > wrote)
    expect(read, 'reads after the last write').not.toEqual([])
    const reported = first.calls.findLast(({ action }) => action === 'dynamodb:UpdateItem')
    expect(reported?.start).toBeGreaterThan(Math.max(...read.map(({ end }) => end)))
  })

  test('is released to what it was', async () => {
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

  test('does not report contained where a write does nothing', async () => {
    const writes = [...new Set(written(first.calls))]
    expect(writes).not.toEqual([])
    const all = 'every write'
    const hasty = { ...scene.playbook, settles: 0.2 }
    const door = respond(hasty, [ruleOf(hasty)])
    for (const action of [...writes, all]) {
      it = await asNew(cloud, scene, it)
      for (const one of writes) if (action === one || action === all) cloud.tap.answer(one, 'nothing')
      const { outcome } = await it.deliver(it.event(), door)
      expect(outcome?.status, `${action} did nothing`).toBe('failed')
      expect((await it.record())?.status).toBe('failed')
    }
  })
})
