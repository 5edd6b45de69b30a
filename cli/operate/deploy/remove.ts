import { lastOf } from '../packaged.ts'
import { serverless } from '../serverless.ts'
import { isLoopback, type StagePlace } from '../stage/stage-place.ts'
import { removeFromEmulators } from './emulator-stack.ts'

/** Removes a stage's stack: by osls, which empties its bucket first; in emulators by CloudFormation. */
export async function remove(place: StagePlace): Promise<void> {
  if (isLoopback()) return removeFromEmulators(place)
  const { code, said } = await serverless(['remove', '--stage', place.stage])
  if (code !== 0) throw new Error(lastOf(said))
}
