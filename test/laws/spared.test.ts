import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { functionRoleName } from '../../engine/role-names.ts'
import type { AnyTarget } from '../../engine/target.ts'
import { prefix, startCloud } from '../cloud.ts'
import { scenes } from '../scenes/index.ts'
import { type Play, play, written } from './steps.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

/** Names of the stack's own resources, for the identifiers that are names; an id does not show who owns it. */
const ours: Omit<AnyTarget, 'account' | 'region'> = {
  principal: `role/${functionRoleName(prefix, 'announce')}`,
  roleName: functionRoleName(prefix, 'announce'),
}

describe.each(scenes.map((scene) => [scene.playbook.name, scene] as const))('%s', (_name, scene) => {
  let it: Play
  beforeEach(async () => {
    it = await play(cloud, scene)
  })

  test('does not contain a target tagged portcullis:protected', async (of) => {
    if (!it.stage.protect) return of.skip('AWS has no tags for it; see its scene.')
    await it.stage.protect()
    await spares(/portcullis:protected/)
  })

  test('does not contain a part of Portcullis', async (of) => {
    const named = Object.keys(ours).filter((key) => key in it.stage.target)
    if (named.length === 0) return of.skip('Its target is an id, which does not show who owns it.')
    it.stage.target = { ...it.stage.target, ...ofOurs(named) }
    await spares(/is part of Portcullis/)
  })

  test('does not contain a target that does not exist, and reports it', async (of) => {
    if (!it.stage.destroy) return of.skip('It cannot be removed; see its scene.')
    await it.stage.destroy()
    await it.deliver(it.event())
    const { outcome, error } = await it.deliver(it.event())
    expect(error).toBeUndefined()
    expect(outcome).toMatchObject({ status: 'guarded', why: expect.any(String) })
    expect(await cloud.notices()).toMatchObject([{ kind: 'guarded', says: outcome?.why }])
    expect(await cloud.containments()).toEqual([])
  })

  test('closes the containment of a target that was removed', async (of) => {
    if (!it.stage.destroy) return of.skip('It cannot be removed; see its scene.')
    await it.contain()
    await it.stage.destroy()
    const { outcome, calls } = await it.deliver(await it.clock())
    expect(outcome?.status, outcome?.why).toBe('closed')
    // test/effect checks what is cleaned up around it.
    if (!scene.playbook.cleanUpAfterGone) expect(written(calls)).toEqual([])
    expect((await it.record())?.status).toBe('closed')
  })

  async function spares(why: RegExp) {
    const present = await it.stage.look()
    let said = await cloud.notices()
    for (let times = 0; times < 3; times++) {
      const { outcome, calls } = await it.deliver(it.event())
      expect(outcome).toMatchObject({ status: 'guarded', why: expect.stringMatching(why) })
      expect(written(calls)).toEqual([])
      if (times === 0) said = await cloud.notices()
    }
    expect(await it.stage.look()).toEqual(present)
    expect(await cloud.containments()).toEqual([])
    expect(await cloud.bookings()).toEqual([])
    expect(said).toMatchObject([{ kind: 'guarded', playbook: scene.playbook.name, rule: 'law' }])
    expect(await cloud.notices(), 'said once: written again, it would be announced again').toEqual(said)
  }

  const ofOurs = (keys: string[]) =>
    Object.fromEntries(Object.entries(ours).filter(([key]) => keys.includes(key)))
})
