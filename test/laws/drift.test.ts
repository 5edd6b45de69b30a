import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { startCloud } from '../cloud.ts'
import { scenes } from '../scenes/index.ts'
import { type Play, person, play, written } from './steps.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

describe.each(scenes.map((scene) => [scene.playbook.name, scene] as const))('%s', (_name, scene) => {
  let it: Play
  let contained: Parts
  let meddled: unknown
  beforeEach(async (of) => {
    it = await play(cloud, scene)
    if (!it.stage.meddle) return of.skip('It cannot be changed in part; see its scene.')
    await it.contain()
    contained = partsOf(await it.stage.look())
    await it.stage.meddle()
    meddled = await it.stage.look()
  })

  test('an automatic release changes nothing where the target was changed since', async () => {
    const { outcome, calls } = await it.deliver(await it.clock())
    expect(outcome?.status, outcome?.why).toBe('drifted')
    expect(written(calls)).toEqual([])
    expect(await it.stage.look()).toEqual(meddled)
    const record = await it.record()
    expect(record?.status).toBe('drifted')
    expect(record?.strays).not.toEqual([])
  })

  test('a release by a person without force changes nothing either', async () => {
    const { outcome, calls } = await it.deliver(await it.release())
    expect(outcome?.status).toBe('drifted')
    expect(written(calls)).toEqual([])
    expect(await it.stage.look()).toEqual(meddled)
  })

  test('a release with force reverts our changes and keeps the others', async () => {
    await it.deliver(await it.clock())
    const { outcome } = await it.deliver(await it.release({ force: true }))
    expect(outcome?.status, outcome?.why).toBe('released')
    expect((await it.record())?.history.at(-1)?.by).toEqual(person)

    const [before, theirs, after] = [it.before, meddled, await it.stage.look()].map((one) =>
      partsOf(one),
    ) as [Parts, Parts, Parts]
    const paths = new Set([...before.keys(), ...theirs.keys(), ...after.keys()])
    const wanted = [...paths].map((path) => {
      const touched = !isDeepStrictEqual(theirs.get(path), contained.get(path))
      return [path, (touched ? theirs : before).get(path)]
    })
    expect(Object.fromEntries(after)).toEqual(Object.fromEntries(wanted))
  })
})

type Parts = Map<string, unknown>

// What the cloud shows, part by part, so that foreign and own changes can be told apart without the engine. A part is what
// one write sets: a policy, a key or an attribute, at that depth in what a scene looks at.
function partsOf(look: unknown, path = '', depth = 2): Parts {
  if (depth === 0 || typeof look !== 'object' || look === null) return new Map([[path, look]])
  return new Map(
    Object.entries(look).flatMap(([key, value]) => [...partsOf(value, `${path}/${key}`, depth - 1)]),
  )
}
