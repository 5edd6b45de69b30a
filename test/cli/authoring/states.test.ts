import { afterAll, expect, test } from 'vitest'
import { formatted } from '../../../cli/authoring/formatted.ts'
import { stateFileOf } from '../../../cli/authoring/states.ts'
import { startCloud } from '../../cloud.ts'
import { play } from '../../laws/steps.ts'
import { scenes } from '../../scenes/index.ts'
import type { Scene } from '../../scenes/scene.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

const cases = scenes.map((scene) => [fileOf(scene), scene] as const)

/*
 * The states in which the scenes begin: `portcullis test` checks a playbook's pure functions on them, without AWS.
 * `vitest run test/cli/authoring/states.test.ts -u` records them again.
 */
// The emulator's ids are one seeded sequence: a last call of the file that used it before shifts them.
test.each(cases)('%s is what the playbook reads in its scene', { retry: 2 }, async (file, scene) => {
  const it = await play(cloud, scene)
  await it.contain()
  const before = (await it.record())?.before ?? {}
  const text = formatted(`test/states/${file}`, stateFileOf(scene.playbook, before))
  await expect(text).toMatchFileSnapshot(`../../states/${file}`)
})

/** The file of a playbook's first scene has its name; those of further scenes have a number after it. */
function fileOf(scene: Scene): string {
  const own = scenes.filter(({ playbook }) => playbook === scene.playbook)
  const place = own.indexOf(scene) + 1
  return `${scene.playbook.name}${place > 1 ? `-${place}` : ''}.json`
}
