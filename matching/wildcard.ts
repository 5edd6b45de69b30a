/** The texts between the `*` of a wildcard, in order; what is wrong with it, where it is none. */
export function wildcardOf(text: string): readonly string[] | { wrong: string } {
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
    else return { wrong: `\\ before neither * nor \\ at character ${at + 1}` }
  }
  parts.push(part)
  // AWS refuses "*:*:*:*:*:event-bus/*"; where its limit lies is not published.
  return parts.length > most + 1 ? { wrong: `more than ${most} wildcards` } : parts
}

const most = 5

/** Whether a text has these parts in this order, with anything between them. Takes linear time for each part. */
export function fits(text: string, parts: readonly string[]): boolean {
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
