/** The texts between the `*` of a wildcard, in order, or why it is not valid. */
export function parseWildcard(text: string): readonly string[] | { wrong: string } {
  const parts: string[] = []
  let part = ''
  for (let at = 0; at < text.length; at++) {
    const [character, next] = [text.charAt(at), text.charAt(at + 1)]
    if (character === '*') {
      if (next === '*') return { wrong: `two * in a row at character ${at + 1}` }
      parts.push(part)
      part = ''
    } else if (character !== '\\') part += character
    else if (next === '*' || next === '\\') part += text.charAt(++at)
    else return { wrong: `\\ must precede * or \\, at character ${at + 1}` }
  }
  parts.push(part)
  // AWS rejects "*:*:*:*:*:event-bus/*"; its limit is not published.
  return parts.length > maxWildcards + 1 ? { wrong: `more than ${maxWildcards} wildcards` } : parts
}

const maxWildcards = 5

/** Whether a text has these parts in this order, with any text between them. Linear time for each part. */
export function matchesWildcard(text: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let from = first.length
  for (const part of rest) {
    const at = text.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return text.length - last.length >= from && text.endsWith(last)
}
