import { isLoopback } from '../../../lib/loopback.ts'
import { lastOf } from '../packaged.ts'
import { serverless } from '../serverless.ts'
import type { StagePlace } from '../stage/stage-place.ts'
import { removeFromEmulators } from './emulator-stack.ts'

/** Removes the stack of a stage: with osls, which empties its bucket first; from emulators with CloudFormation. */
export async function remove(place: StagePlace): Promise<void> {
  if (isLoopback()) return removeFromEmulators(place)
  const { code, said } = await serverless(['remove', '--stage', place.stage])
  if (code !== 0) throw new Error(lastOf(said))
}
