import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Containment } from '../../engine/journal/record.ts'
import { type AnyPlaybook, completeState } from '../../engine/playbook.ts'
import { respond } from '../../engine/respond.ts'
import type { State } from '../../engine/state.ts'
import { prefix, startCloud } from '../cloud.ts'
import { scenes } from '../scenes/index.ts'
import { play, ruleOf } from './steps.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())

describe.each(scenes.map((scene) => [scene.playbook.name, scene] as const))('%s', (_name, scene) => {
  let states: State[]
  let record: Containment
  beforeAll(async () => {
    ;({ states, record } = await watched())
  })

  test('its states survive JSON and the journal', () => {
    for (const state of states) expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state)
    expect(record.before).toStrictEqual(states[0])
  })

  test('contain is pure', () => {
    const context = { containment: record.id, incident: record.incident, at: record.opened, prefix }
    const before = frozen(record.before)
    const first = scene.playbook.contain(before, Object.freeze(context))
    expect(first).toStrictEqual(scene.playbook.contain(before, context))
    expect(first).toStrictEqual(record.after)
    expect(scene.playbook.contain(frozen(first), context), 'contained twice').toStrictEqual(first)
    scene.playbook.caveats?.(before)
  })

  async function watched() {
    const seenStates: State[] = []
    const { read } = scene.playbook
    const seen: AnyPlaybook = {
      ...scene.playbook,
      async read(...of) {
        const reading = await read(...of)
        const state = await completeState(reading)
        seenStates.push(state)
        return { ...reading, state }
      },
    }
    const it = await play(cloud, scene, { door: respond(seen, [ruleOf(seen)]) })
    await it.contain()
    const recorded = await it.record()
    if (!recorded) throw new Error('The containment has no record.')
    return { states: seenStates, record: recorded }
  }
})

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen)
  return value
}
