import { fold } from './fold.ts'
import type { Paint } from './paint.ts'
import { clock, type Row } from './words.ts'

const labelWidth = 10
const indent = '  '
/** Where sentences begin: after the time and the label. */
const margin = ' '.repeat(indent.length + '00:00:00Z'.length + 2 + labelWidth + 1)

/** A row in a terminal of this width. Pure but for the time of a row that has none. */
export function layOut(
  { label, style, text, aside, at, more = [] }: Row,
  width: number,
  paint: Paint,
): string[] {
  const room = width - margin.length
  const time = paint('dim', clock(at ?? new Date().toISOString()))
  const [first = '', ...rest] = fold(aside ? `${text} ${paint('dim', `(${aside})`)}` : text, room)
  return [
    `${indent}${time}  ${paint(style, label.padEnd(labelWidth))} ${first}`,
    ...rest.map((line) => `${margin}${line}`),
    ...more.flatMap((one) => {
      const hang = one.hang ?? '  '
      const lines = fold(one.text, room - hang.length)
      return lines.map((line, index) => `${margin}${paint(one.style, index === 0 ? line : `${hang}${line}`)}`)
    }),
  ]
}

/** A title above rows, with a number or without. Pure. */
export function heading(title: string, width: number, paint: Paint, number = ''): string[] {
  const start = number && `${number} `
  const lines = fold(title, width - indent.length - start.length)
  const later = ' '.repeat(start.length)
  return [
    '',
    ...lines.map(
      (line, index) => `${indent}${paint('dim', index === 0 ? start : later)}${paint('bold', line)}`,
    ),
  ]
}
