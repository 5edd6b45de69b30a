import type { Cloud } from '../test/cloud.ts'
import type { Scene } from '../test/scenes/scene.ts'
import type { Call } from '../test/tap.ts'
import { type Aimed, aim } from './aim.ts'
import type { BenchAnswer, Running } from './start.ts'

/** One event, from its arrival at the function to the answer `contained`. */
export interface BenchEvent extends Omit<BenchAnswer, 'outcomes'> {
  by: Aimed['by']
  calls: Call[]
}

/** Lets a function contain a target in an empty account. Throws when the target does not end up contained. */
export async function containCommand(
  cloud: Cloud,
  scene: Scene,
  fresh: Running,
  delay: number,
): Promise<BenchEvent> {
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
