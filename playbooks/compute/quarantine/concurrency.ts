import pLimit from 'p-limit'
import { Incomplete } from '../../../engine/errors.ts'

/** Calls to AWS that run at the same time. */
const maxConcurrent = 10

/**
 * Runs every task, with limited concurrency, even when some of them fail. Returns the results in the order of the tasks.
 * Throws the error if there is one, and an `Incomplete` of all errors if there are several.
 */
export async function settleAll<T>(tasks: (() => Promise<T>)[]): Promise<T[]> {
  const limit = pLimit(maxConcurrent)
  const results = await Promise.allSettled(tasks.map((task) => limit(task)))
  throwAny(results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])))
  return results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

/** Runs stages one after the other, each to its end even if an earlier one failed. Then throws as `settleAll` does. */
export async function runInStages(stages: (() => Promise<unknown>)[][]): Promise<void> {
  const errors: unknown[] = []
  for (const stage of stages) await settleAll(stage).catch((error) => errors.push(error))
  throwAny(errors)
}

/** Lets work run in the background until it is awaited: a failure before then is not an unhandled rejection. */
export function inBackground<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}

function throwAny(errors: unknown[]): void {
  const flat = errors.flatMap((error) => (error instanceof Incomplete ? error.errors : [error]))
  if (flat.length > 0) throw flat.length === 1 ? flat[0] : new Incomplete(flat)
}
