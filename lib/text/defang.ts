import { sanitize } from './sanitize.ts'

/** Characters of a text that are read: an event may contain a name of any length. */
const maxRead = 2000

/**
 * Text from an event, safe to quote in a message: sanitised, and without links or mentions that a mail client or Slack
 * would activate. Links are defanged: `https[:]//evil[.]test`.
 * Source: Slack, "Formatting message text", Automatic parsing.
 */
export function defang(text: string, maxLength = 300): string {
  const clean = sanitize(text.slice(0, maxRead), maxRead)
    .replace(/\s+/gu, ' ')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .replace(/:\/\//g, '[:]//')
    .replace(/(?<=\S)\.(?=\p{L}{2})|(?<=www)\./giu, '[.]')
    .replace(/@(?=(channel|here|everyone)\b)/gi, '(at)')
    .replace(/#(?=\p{L})/gu, '# ')
  return shorten(clean, maxLength)
}

/** At most `maxLength` characters; the last one is an ellipsis if text was cut. */
export function shorten(text: string, maxLength: number): string {
  const letters = [...text]
  return letters.length > maxLength
    ? `${letters
        .slice(0, maxLength - 1)
        .join('')
        .trimEnd()}…`
    : text
}
