import pLimit from 'p-limit'
import { Incomplete } from '../../../engine/errors.ts'

/**
 * Runs every task, at most `most` at a time, whatever becomes of the others; gives their results in order.
 * Throws the one error, or an `Incomplete` of all of them.
 */
export async function every<T>(tasks: (() => Promise<T>)[], most = 10): Promise<T[]> {
  const limit = pLimit(most)
  const done = await Promise.allSettled(tasks.map((task) => limit(task)))
  raise(done.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])))
  return done.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

/** Runs stages one after the other, each to its end. Throws like `every`, after the last. */
export async function inStages(stages: (() => Promise<unknown>)[][]): Promise<void> {
  const errors: unknown[] = []
  for (const stage of stages) await every(stage).catch((error) => errors.push(error))
  raise(errors)
}

/** What is begun now and waited for later: until then its failure is nobody's to catch. */
export function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}

/** Tries again, a little later each time, while `passes` says that the error passes by itself. */
export async function patiently<T>(
  work: () => Promise<T>,
  passes: (error: unknown) => boolean,
  pauses = [100, 200, 400, 800],
): Promise<T> {
  for (const pause of pauses)
    try {
      return await work()
    } catch (error) {
      if (!passes(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  return work()
}

/** Whether an error, or one of the errors it holds, goes by one of these names. */
export const hasErrorName = (error: unknown, ...names: string[]): boolean =>
  error instanceof AggregateError
    ? error.errors.some((one) => hasErrorName(one, ...names))
    : error instanceof Error && names.includes(error.name)

/** For `catch`: these names are no failure, what was wanted is so already. */
export const unless =
  (...names: string[]) =>
  (error: unknown): void => {
    if (!hasErrorName(error, ...names)) throw error
  }

function raise(errors: unknown[]): void {
  const flat = errors.flatMap((error) => (error instanceof Incomplete ? error.errors : [error]))
  if (flat.length > 0) throw flat.length === 1 ? flat[0] : new Incomplete(flat)
}
