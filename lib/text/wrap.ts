/** The width of a terminal and of a text mail, in columns. */
export const columns = 80

/** The prefix of the first line and of the other lines. */
interface Margins {
  first?: string
  rest?: string
}

/** A text in lines of at most 80 columns. Lines break between words, and inside a word only if it is longer than a line. */
export function wrap(text: string, { first = '', rest = first }: Margins = {}): string[] {
  const lines: string[] = []
  let line = first
  let empty = true
  for (const word of text.split(' ').flatMap((one) => broken(one, columns - widthOf(rest) - 1))) {
    if (!empty && widthOf(line) + 1 + widthOf(word) > columns) {
      lines.push(line)
      line = rest
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  return [...lines, line].map((one) => one.trimEnd())
}

/** East Asian characters and emoji are two columns wide. Source: Unicode TR11. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe10-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u

export const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (wide.test(letter) ? 2 : 1), 0)

function broken(word: string, most: number): string[] {
  if (widthOf(word) <= most) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const letter of word) {
    if (widthOf(piece + letter) > most) {
      pieces.push(piece)
      piece = ''
    }
    piece += letter
  }
  return [...pieces, piece]
}
