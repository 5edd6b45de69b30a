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
