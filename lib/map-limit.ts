/** Runs for each, so many at once, and gives the results in their order. The first that fails ends it. */
export async function mapLimit<T, R>(
  most: number,
  all: readonly T[],
  run: (one: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  for (let first = 0; first < all.length; first += most)
    results.push(...(await Promise.all(all.slice(first, first + most).map(run))))
  return results
}
