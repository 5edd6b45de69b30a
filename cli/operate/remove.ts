import { removeHere } from './apply-here.ts'
import { lastOf } from './packaged.ts'
import { isLoopback, type StagePlace } from './place.ts'
import { serverless } from './serverless.ts'

/** Removes a stage's stack: by osls, which empties its bucket first; in emulators by CloudFormation. */
export async function remove(place: StagePlace): Promise<void> {
  if (isLoopback()) return removeHere(place)
  const { code, said } = await serverless(['remove', '--stage', place.stage])
  if (code !== 0) throw new Error(lastOf(said))
}
