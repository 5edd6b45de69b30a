import { afterAll, describe, expect, test, vi } from 'vitest'
import { account, startCloud } from '../cloud.ts'
import { scenes } from '../scenes/index.ts'
import { play, written } from './steps.ts'

// Everything in this account is excepted, with a bare name or one with its kind before it.
vi.mock('../../exceptions.json', () => {
  const why = { account, owner: 'the-owner', reason: 'It is a law.', expires: '2999-12-31' }
  return { default: { exceptions: ['*', '*/*'].map((match) => ({ match, ...why })) } }
})

const cloud = await startCloud()
afterAll(() => cloud.stop())

describe.each(scenes.map((scene) => [scene.playbook.name, scene] as const))('%s', (_name, scene) => {
  test('does not contain an excepted target', async () => {
    const it = await play(cloud, scene)
    for (let times = 0; times < 3; times++) {
      const { outcome, calls } = await it.deliver(it.event())
      expect(outcome).toMatchObject({
        status: 'guarded',
        why: expect.stringMatching(/by the-owner: It is a law/),
      })
      expect(written(calls)).toEqual([])
    }
    expect(await it.stage.look()).toEqual(it.before)
    expect(await cloud.containments()).toEqual([])
    expect(await cloud.notices()).toMatchObject([
      { kind: 'guarded', says: expect.stringMatching(/the-owner/) },
    ])
  })
})
