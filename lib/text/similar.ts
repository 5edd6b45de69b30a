import { distance } from 'fastest-levenshtein'

/** Edits between a typed word and a suggestion. */
const maxDistance = 3

/** The known word that was most likely meant, if one is similar enough. A word that starts with it is preferred. */
export function similar(word: string, known: readonly string[]): string | undefined {
  const candidates = known
    .map((one) => ({ one, edits: one.startsWith(word) && word.length > 1 ? 0 : distance(word, one) }))
    .filter(({ one, edits }) => edits <= Math.min(maxDistance, Math.floor(one.length / 2)))
    .sort((a, b) => a.edits - b.edits)
  return candidates[0]?.one
}

/** Edits between a misspelled name and the name that was meant. */
const maxNameDistance = 2

/** The name that was most likely meant by a misspelled one: at most two edits away, or the same in another case. */
export function similarName(name: string, names: Iterable<string>): string | undefined {
  let [best, fewest] = [
    undefined as string | undefined,
    Math.min(maxNameDistance, Math.floor(name.length / 3)) + 1,
  ]
  for (const one of names) {
    if (one === name) continue
    if (one.toLowerCase() === name.toLowerCase()) return one
    const edits = distance(name, one)
    if (edits < fewest) [best, fewest] = [one, edits]
  }
  return best
}
