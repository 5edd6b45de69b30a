import { isLoopback } from '../../../lib/loopback.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import { Problem } from '../../shell/errors.ts'
import { lastOf, type Packaged } from '../packaged.ts'
import { serverless } from '../serverless.ts'
import type { StagePlace } from '../stage/stage-place.ts'
import { deployToEmulators } from './emulator-stack.ts'
import { type CompletedResource, doneSince, follow } from './follow-stack.ts'

/**
 * Deploys a package: to an account with osls; to emulators on this machine with CloudFormation itself, because osls
 * waits for stack events that they report in another order. Throws `not-deployed` naming the first failed resource.
 */
export async function apply(
  it: Packaged,
  place: StagePlace,
  tell: (done: CompletedResource) => void,
): Promise<void> {
  const begun = new Date(Date.now() - 1_000)
  try {
    await follow(place.prefix, isLoopback() ? deployToEmulators(it, place) : byServerless(it), tell)
  } catch (cause) {
    const first = await firstFailure(place.prefix, begun)
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new Problem('not-deployed', `stage ${place.stage} could not be deployed`, {
      where: first ? `${first.id} (${first.type})` : `stack ${place.prefix}`,
      why: sanitize(first?.why ?? message, 1500),
      fix: `remove the cause, then portcullis deploy --stage ${place.stage}`,
      cause,
    })
  }
}

async function byServerless({ options, folder }: Packaged): Promise<void> {
  const { code, said } = await serverless(['deploy', ...options, '--package', folder])
  if (code !== 0) throw new Error(lastOf(said))
}

/** The first failed resource: later failures follow from it. */
async function firstFailure(prefix: string, since: Date): Promise<CompletedResource | undefined> {
  const all = await doneSince(prefix, since).catch(() => [])
  return all.find(({ status }) => status.endsWith('_FAILED'))
}
