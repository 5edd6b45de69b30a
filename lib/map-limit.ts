import pLimit from 'p-limit'

/** Maps items with limited concurrency; the results keep their order. After an error no further item is started. */
export async function mapLimit<T, R>(
  concurrency: number,
  items: readonly T[],
  run: (item: T) => Promise<R>,
): Promise<R[]> {
  const limit = pLimit(concurrency)
  try {
    return await limit.map(items, run)
  } finally {
    limit.clearQueue()
  }
}
