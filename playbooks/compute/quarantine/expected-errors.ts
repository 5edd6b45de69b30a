/** Whether an error, or one of the errors that it aggregates, has one of these names. */
export const hasErrorName = (error: unknown, ...names: string[]): boolean =>
  error instanceof AggregateError
    ? error.errors.some((one) => hasErrorName(one, ...names))
    : error instanceof Error && names.includes(error.name)

/** For `catch`: ignores errors of these names, which say that the wanted state is there already. */
export const ignoreErrors =
  (...names: string[]) =>
  (error: unknown): void => {
    if (!hasErrorName(error, ...names)) throw error
  }

/** Retries after each pause for as long as `isTransient` holds for the error. Throws the last error. */
export async function retryWhile<T>(
  isTransient: (error: unknown) => boolean,
  work: () => Promise<T>,
  pausesMs = [100, 200, 400, 800],
): Promise<T> {
  for (const pauseMs of pausesMs)
    try {
      return await work()
    } catch (error) {
      if (!isTransient(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  return work()
}
