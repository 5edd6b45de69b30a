import { afterAll, describe, expect, test } from 'vitest'
import { startCloud } from '../cloud.ts'
import { scenes } from '../scenes/index.ts'
import type { Call } from '../tap.ts'
import { again, type Play, rehearse, undoes, written } from './steps.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

/** Every way to die: before each call, and after each write that the cloud heard of. */
function* deaths(calls: Call[]): Generator<[after: number, last: 'unsent' | 'unheard', where: string]> {
  for (let after = 0; after <= calls.length; after++) {
    const next = calls[after]
    yield [after, 'unsent', `died before call ${after} (${next?.action ?? 'the end'})`]
    if (next?.write) yield [after, 'unheard', `died before the answer of call ${after} (${next.action})`]
  }
}

describe.each(scenes.map((scene) => [scene.playbook.name, scene] as const))('%s', (_name, scene) => {
  test('a containment that dies anywhere is finished by the next delivery', {
    timeout: 240_000,
  }, async () => {
    let { it, calls, contained } = await rehearse(cloud, scene)
    for (const [after, last, where] of deaths(calls)) {
      it = await again(cloud, scene, it)
      await dies(it, it.event(), after, last)
      const { outcome } = await it.deliver(it.event())
      expect(['contained', 'already'], `${where}: ${outcome?.why}`).toContain(outcome?.status)
      expect((await it.record())?.status, where).toBe('contained')
      expect(await it.look(), where).toEqual(contained)
      await goesBack(it, where)
    }
  })

  test('a containment that dies anywhere is undone by the clock alone', { timeout: 240_000 }, async () => {
    let { it, calls } = await rehearse(cloud, scene)
    for (const [after, last, where] of deaths(calls)) {
      it = await again(cloud, scene, it)
      const { calls: made } = await dies(it, it.event(), after, last)
      const [booking] = await cloud.bookings()
      if (!booking) {
        expect(written(made), where).toEqual([])
        expect(await it.stage.look(), where).toEqual(it.before)
        continue
      }
      const { outcome } = await it.deliver(booking.command)
      if (undoes(scene)) {
        expect(outcome?.status, `${where}: ${outcome?.why}`).toBe('released')
        expect(await it.stage.look(), where).toEqual(it.before)
      } else expect(outcome?.status, where).toBe('closed')
    }
  })

  test('a release that dies anywhere is finished when it is sent again', { timeout: 240_000 }, async () => {
    let { it, releasing } = await rehearse(cloud, scene)
    for (const [after, last, where] of deaths(releasing)) {
      it = await again(cloud, scene, it)
      await it.contain()
      const release = await it.release()
      await dies(it, release, after, last)
      await goesBack(it, where, release)
    }
  })

  async function dies(it: Play, command: unknown, after: number, last: 'unsent' | 'unheard') {
    cloud.tap.cut(after, last)
    const delivery = await it.deliver(command)
    await cloud.tap.mend()
    return delivery
  }

  async function goesBack(it: Play, where: string, release?: unknown) {
    const { outcome } = await it.deliver(release ?? (await it.release()))
    const end = undoes(scene) ? 'released' : 'closed'
    expect([end, 'already'], `${where}: ${outcome?.why}`).toContain(outcome?.status)
    expect((await it.record())?.status, where).toBe(end)
    if (undoes(scene)) expect(await it.stage.look(), where).toEqual(it.before)
  }
})
