/**
 * A text in any case, whole or as the beginning or end of a longer one. As EventBridge does it: each UTF-16 unit by
 * itself, in its lower or its upper case, which may be of another length.
 */
export function ignoringCase(text: string, part: 'whole' | 'prefix' | 'suffix'): RegExp {
  const units = text.split('').map((unit) => {
    const [lower, upper] = [unit.toLowerCase(), unit.toUpperCase()].map((one) => RegExp.escape(one))
    return lower === upper ? lower : `(?:${lower}|${upper})`
  })
  return new RegExp(`${part === 'suffix' ? '' : '^'}${units.join('')}${part === 'prefix' ? '' : '$'}`)
}
