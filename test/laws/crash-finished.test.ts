import { afterAll, describe, expect, test } from 'vitest'
import { startCloud } from '../cloud.ts'
import { scenes } from '../scenes/index.ts'
import { everyDeath, goesBack } from './crash.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

describe.each(scenes.map((scene) => [scene.playbook.name, scene] as const))('%s', (_name, scene) => {
  test('a containment that dies anywhere is finished by the next delivery', () =>
    everyDeath(
      cloud,
      scene,
      'containing',
      async ({ it, dies, where, contained }) => {
        await dies(it.event())
        const { outcome } = await it.deliver(it.event())
        expect(['contained', 'already'], `${where}: ${outcome?.why}`).toContain(outcome?.status)
        expect((await it.record())?.status, where).toBe('contained')
        expect(await it.look(), where).toEqual(contained)
        await goesBack(scene, { it, where }, await it.release())
      },
      ({ action }) => action,
    ))
})
