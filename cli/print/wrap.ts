import { widthOf } from '../../lib/text/wrap.ts'

/** A text in lines of at most `width` columns, broken between words; a word that is longer is broken, too. */
export function wrapPrinted(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    for (const letter of word) {
      if (widthOf(line + letter) > width) {
        lines.push(line)
        line = ''
      }
      line += letter
    }
  }
  return line === '' ? lines : [...lines, line]
}

/** What was laid out for a wider terminal, in this one: longer lines are wrapped, and keep their indent. */
export const narrowed = (text: string, width: number | undefined): string[] =>
  text.split('\n').flatMap((line) => {
    if (width === undefined || widthOf(line) <= width) return [line]
    // A short word and a gap is a label: what follows from it stands under its value.
    const [, indent = '', label = '', rest = ''] = /^( *)([^ ]{1,12} {2,})?(.*)$/u.exec(line) ?? []
    const hang = ' '.repeat(label.length || 2)
    return wrapPrinted(rest, width - indent.length - hang.length).map(
      (part, at) => indent + (at > 0 ? hang : label) + part,
    )
  })
