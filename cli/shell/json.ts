/** The version of every document; a field may be added to it, none is taken away or given another meaning. */
export const schemaVersion = 1

/**
 * JSON as it may be printed on a terminal: JSON itself escapes ESC and its like, but not the C1 controls, nor what
 * reverses or hides text. It parses to the same value. Source: RFC 8259, section 7; Unicode TR36.
 */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)

const escaped = (found: string): string =>
  found
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
