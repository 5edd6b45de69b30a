import { sanitize } from './sanitize.ts'

/** What is looked at of a text, at most: an event may hold a name of any length. */
const read = 2000

/**
 * Text from an event as a message may quote it: inert, and nothing in it can become a link or call anybody,
 * whatever a mail client or Slack looks for. Links are broken as security people break them: `https[:]//evil[.]test`.
 * Source: Slack, "Formatting message text", Automatic parsing.
 */
export function defang(text: string, most = 300): string {
  const clean = sanitize(text.slice(0, read), read)
    .replace(/\s+/gu, ' ')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .replace(/:\/\//g, '[:]//')
    .replace(/(?<=\S)\.(?=\p{L}{2})|(?<=www)\./giu, '[.]')
    .replace(/@(?=(channel|here|everyone)\b)/gi, '(at)')
    .replace(/#(?=\p{L})/gu, '# ')
  return shorten(clean, most)
}

/** At most `most` characters, the last of them an ellipsis where something is left out. */
export function shorten(text: string, most: number): string {
  const letters = [...text]
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : text
}
