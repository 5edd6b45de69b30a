/**
 * Text from an event as it may stand in a message: no control, bidirectional or invisible characters, one line,
 * at most `most` characters. Source: Unicode TR36 (bidi), general categories Cc, Cf, Zl, Zp, and the property
 * Default_Ignorable_Code_Point (fillers that look like nothing).
 */
export function sanitize(text: string, most = 300): string {
  const clean = text.replace(/[\p{C}\p{Zl}\p{Zp}\p{DI}]+/gu, ' ').trim()
  return clean.length > most ? `${[...clean].slice(0, most).join('')}…` : clean
}
