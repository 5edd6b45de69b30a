import { distance } from 'fastest-levenshtein'

/** The known name that was most likely meant: at most two edits away, or the same in another case. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const maxDistance = Math.min(2, Math.floor(name.length / 3))
  let [best, fewest] = [undefined as string | undefined, maxDistance + 1]
  for (const one of names) {
    if (one === name) continue
    if (one.toLowerCase() === name.toLowerCase()) return one
    const edits = distance(name, one)
    if (edits < fewest) [best, fewest] = [one, edits]
  }
  return best
}
