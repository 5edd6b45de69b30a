import type { Cloud } from '../test/cloud.ts'
import type { Scene } from '../test/scenes/scene.ts'
import type { Call } from '../test/tap.ts'
import { type Aimed, aim } from './aim.ts'
import type { Answer, Running } from './start.ts'

/** One event, from its arrival at the function to the answer that its target is contained. */
export interface Event extends Omit<Answer, 'outcomes'> {
  by: Aimed['by']
  calls: Call[]
}

/** Has a function contain a victim of its own in a new account. Throws when that does not end up contained. */
export async function contain(cloud: Cloud, scene: Scene, fresh: Running, delay: number): Promise<Event> {
  await cloud.reset()
  const { target } = await scene.build()
  const { by, command } = await aim(scene.playbook, target)
  cloud.tap.delay(delay)
  const { calls, result } = await cloud.tap.during(() => fresh.ask(command))
  if (result.status === 'rejected') throw result.reason
  const { outcomes, ...used } = result.value
  const [outcome] = outcomes
  if (outcome?.status !== 'contained')
    throw new Error(`${scene.playbook.name}: ${outcome?.status} instead of contained. ${outcome?.why ?? ''}`)
  return { ...used, by, calls }
}
