import { afterAll, describe, test } from 'vitest'
import { startCloud } from '../cloud.ts'
import { scenes } from '../scenes/index.ts'
import { everyDeath, goesBack } from './crash.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

describe.each(scenes.map((scene) => [scene.playbook.name, scene] as const))('%s', (_name, scene) => {
  test('a release that dies anywhere is finished when it is sent again', () =>
    everyDeath(cloud, scene, 'releasing', async ({ it, dies, where }) => {
      await it.contain()
      const release = await it.release()
      await dies(release)
      await goesBack(scene, { it, where }, release)
    }))
})
