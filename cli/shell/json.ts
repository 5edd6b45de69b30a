/** The version of every document. Fields may be added; none is removed or changes its meaning. */
export const schemaVersion = 1

/**
 * JSON that is safe to print on a terminal. JSON itself escapes ESC and the other C0 controls, but not the C1
 * controls, nor characters that reverse or hide text. It parses to the same value. Source: RFC 8259, section 7; Unicode TR36.
 */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)

const escaped = (found: string): string =>
  found
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
