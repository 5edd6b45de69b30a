/**
 * Text from an event for a message: one line, without control, bidirectional or invisible characters, at most
 * `maxLength` characters. Source: Unicode TR36 (bidi), general categories Cc, Cf, Zl, Zp, and the property
 * Default_Ignorable_Code_Point (invisible fillers).
 */
export function sanitize(text: string, maxLength = 300): string {
  const clean = text.replace(/[\p{C}\p{Zl}\p{Zp}\p{DI}]+/gu, ' ').trim()
  return clean.length > maxLength ? `${[...clean].slice(0, maxLength).join('')}…` : clean
}
