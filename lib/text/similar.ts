/** Edits that may lie between what was typed and what was meant. */
const furthest = 3

/** What was most likely meant, if anything is near enough; a prefix is nearer than any slip of the finger. */
export function similar(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map((one) => ({ one, distance: one.startsWith(word) && word.length > 1 ? 0 : edits(word, one) }))
    .filter(({ one, distance }) => distance <= Math.min(furthest, Math.floor(one.length / 2)))
    .sort((a, b) => a.distance - b.distance)
  return near[0]?.one
}

/** Letters to add, to drop, to change, or to swap with their neighbour. Source: optimal string alignment distance. */
function edits(a: string, b: string): number {
  let [before, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swap =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY
      next.push(Math.min(at(row, j) + 1, at(next, j - 1) + 1, change, swap))
    }
    ;[before, row] = [row, next]
  }
  return at(row, b.length)
}

const at = (row: number[], place: number): number => row[place] ?? Number.POSITIVE_INFINITY
