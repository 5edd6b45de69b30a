import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'
import type { Paint, Style } from '../../lib/text/paint.ts'

/** One field of a row. Its text is stripped of control sequences, cut, and only then colored. */
export interface Cell {
  text: string
  style?: Style
  /** Right-aligned, for numbers. */
  right?: boolean
}

export interface TableLayout {
  /** Columns of the terminal; undefined for a pipe, where nothing is cut. */
  width: number | undefined
  /** Index of the column that is cut when a row does not fit. */
  gives: number
  paint: Paint
}

const gap = '  '
/** The column that gives way keeps at least this width. */
const minWidth = 8

/** Rows as aligned columns without borders. What does not fit is cut in the column that gives way. */
export function tableLines(rows: Cell[][], { width, gives, paint }: TableLayout): string[] {
  const clean = rows.map((row) => row.map((cell) => ({ ...cell, text: stripVTControlCharacters(cell.text) })))
  const count = Math.max(0, ...clean.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...clean.map((row) => stringWidth(row[at]?.text ?? ''))),
  )
  const all = widths.reduce((sum, one) => sum + one + gap.length, -gap.length)
  const over = width === undefined ? 0 : Math.max(0, all - width)
  widths[gives] = Math.max(minWidth, (widths[gives] ?? 0) - over)
  return clean.map((row) => {
    const last = row.findLastIndex(({ text }) => text !== '')
    const fields = row
      .slice(0, last + 1)
      .map((cell, at) => fieldOf(cell, widths[at] ?? 0, at === last, paint))
    return fields.join(gap)
  })
}

const graphemes = new Intl.Segmenter()

/** A text cut to `width` columns; the last one is an ellipsis when something was cut. */
export function cutCell(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let shown = ''
  for (const { segment } of graphemes.segment(text)) {
    if (stringWidth(shown + segment) >= width) break
    shown += segment
  }
  return `${shown}…`
}

function fieldOf({ text, style = 'plain', right }: Cell, width: number, last: boolean, paint: Paint): string {
  const shown = cutCell(text, width)
  const space = ' '.repeat(Math.max(0, width - stringWidth(shown)))
  // No spaces at the end of a line.
  return right ? space + paint(style, shown) : paint(style, shown) + (last ? '' : space)
}
