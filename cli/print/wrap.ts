import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** A text in lines of at most `width` columns, broken between words, and inside a word only when it is longer than a line. */
export const wrapPrinted = (text: string, width: number): string[] =>
  stringWidth(text) <= width ? [text] : wrapAnsi(text, width, { hard: true }).split('\n')

/** Wraps text that was laid out for a wider terminal; the wrapped lines keep the indent. */
export const narrowed = (text: string, width: number | undefined): string[] =>
  text.split('\n').flatMap((line) => {
    if (width === undefined || stringWidth(line) <= width) return [line]
    // A short word followed by two spaces is a label: the wrapped lines are aligned with its value.
    const [, indent = '', label = '', rest = ''] = /^( *)([^ ]{1,12} {2,})?(.*)$/u.exec(line) ?? []
    const hang = ' '.repeat(stringWidth(label) || 2)
    return wrapPrinted(rest, width - indent.length - hang.length).map(
      (part, at) => indent + (at > 0 ? hang : label) + part,
    )
  })
