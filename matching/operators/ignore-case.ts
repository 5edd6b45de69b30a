/**
 * A text in any case, as a whole or as a prefix or suffix. As in EventBridge, each UTF-16 unit matches in lower or
 * upper case by itself, and the other case may have another length.
 */
export function ignoringCase(text: string, part: 'whole' | 'prefix' | 'suffix'): RegExp {
  const units = text.split('').map((unit) => {
    const [lower, upper] = [unit.toLowerCase(), unit.toUpperCase()].map((one) => RegExp.escape(one))
    return lower === upper ? lower : `(?:${lower}|${upper})`
  })
  return new RegExp(`${part === 'suffix' ? '' : '^'}${units.join('')}${part === 'prefix' ? '' : '$'}`)
}
