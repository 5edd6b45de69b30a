import { stripVTControlCharacters } from 'node:util'
import type { Paint, Style } from '../../lib/text/paint.ts'
import { widthOf as lengthOf } from '../../lib/text/wrap.ts'

/** One field of a row. What is in it is made safe to print here, and coloured only after it was cut. */
export interface Cell {
  text: string
  style?: Style
  /** Numbers stand on the right. */
  right?: boolean
}

export interface Room {
  /** The terminal's; nothing is cut without one. */
  width: number | undefined
  /** Which column gives way when a row does not fit. */
  gives: number
  paint: Paint
}

const gap = '  '
const least = 8

/** Rows under one another, columns aligned, without borders; what does not fit is cut in the column that gives way. */
export function tableLines(rows: Cell[][], { width, gives, paint }: Room): string[] {
  const clean = rows.map((row) => row.map((cell) => ({ ...cell, text: stripVTControlCharacters(cell.text) })))
  const count = Math.max(0, ...clean.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...clean.map((row) => lengthOf(row[at]?.text ?? ''))),
  )
  const all = widths.reduce((sum, one) => sum + one + gap.length, -gap.length)
  const over = width === undefined ? 0 : Math.max(0, all - width)
  widths[gives] = Math.max(least, (widths[gives] ?? 0) - over)
  return clean.map((row) => {
    const last = row.findLastIndex(({ text }) => text !== '')
    const fields = row
      .slice(0, last + 1)
      .map((cell, at) => fieldOf(cell, widths[at] ?? 0, at === last, paint))
    return fields.join(gap)
  })
}

/** As much of a text as fits, its last character an ellipsis where some of it does not. */
export function cutCell(text: string, width: number): string {
  if (lengthOf(text) <= width) return text
  let shown = ''
  for (const letter of text) {
    if (lengthOf(shown + letter) >= width) break
    shown += letter
  }
  return `${shown}…`
}

function fieldOf({ text, style = 'plain', right }: Cell, width: number, last: boolean, paint: Paint): string {
  const shown = cutCell(text, width)
  const space = ' '.repeat(width - lengthOf(shown))
  // Nothing is left hanging at the end of a line.
  return right ? space + paint(style, shown) : paint(style, shown) + (last ? '' : space)
}
