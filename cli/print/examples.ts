/** Examples with their explanations beside them, or above them when the terminal is too narrow. */
export function exampleLines(examples: [string, string][], width = process.stdout.columns || 80): string {
  const widest = Math.max(...examples.map(([typed]) => typed.length))
  const beside = examples.map(([typed, says]) => `  ${typed.padEnd(widest)}   # ${says}`)
  const above = examples.flatMap(([typed, says]) => [`  # ${says}`, `  ${typed}`])
  const fits = beside.every((line) => line.length <= width)
  return ['Examples', ...(fits ? beside : above), ''].join('\n')
}
