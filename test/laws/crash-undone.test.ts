import { afterAll, describe, expect, test } from 'vitest'
import { startCloud } from '../cloud.ts'
import { scenes } from '../scenes/index.ts'
import { everyDeath, goesBack } from './crash.ts'
import { hours, later, undoes, written } from './steps.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

describe.each(scenes.map((scene) => [scene.playbook.name, scene] as const))('%s', (_name, scene) => {
  test('a containment that dies anywhere is released automatically, on expiry', () =>
    everyDeath(cloud, scene, 'containing', async ({ it, dies, where }) => {
      const { calls } = await dies(it.event())
      const [booking] = await cloud.bookings()
      if (booking) return later(24 * hours, () => goesBack(scene, { it, where }, booking.command))
      expect(written(calls), where).toEqual([])
      if (undoes(scene)) expect(await it.stage.look(), where).toEqual(it.before)
    }))
})
