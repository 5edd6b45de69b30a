import type { Paint } from '../../lib/text/paint.ts'
import { fold } from './fold.ts'
import { clock } from './names.ts'
import type { More, StoryRow } from './words.ts'

const labelWidth = 10
const indent = '  '
/** Indents: to the label, which follows the time, and to the text, which follows the label. */
const inner = ' '.repeat(indent.length + '00:00:00Z'.length + 2)
const margin = ' '.repeat(inner.length + labelWidth + 1)

/** The lines of a row in a terminal of this width. Pure, except for the time of a row that has none. */
export function layOut(
  { label, style, text, aside, at, more = [] }: StoryRow,
  width: number,
  paint: Paint,
): string[] {
  const time = paint('dim', clock(at ?? new Date().toISOString()))
  const sentence = aside ? `${text} ${paint('dim', `(${aside})`)}` : text
  const [first = '', ...rest] = fold(sentence, width - margin.length)
  return [
    `${indent}${time}  ${paint(style, label.padEnd(labelWidth))} ${first}`,
    ...rest.map((line) => `${margin}${line}`),
    ...columns(more, width - inner.length).flatMap((one) => below(one, width, paint)),
  ]
}

/** The lines of a title above rows, with or without a number. Pure. */
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

/** Aligns values in a column; one that does not fit follows its text directly. */
function columns(more: More[], room: number): More[] {
  const widest = Math.max(0, ...more.map(({ text }) => text.length).filter((length) => length <= 0.7 * room))
  return more.map(({ value, text, ...one }) => {
    if (value === undefined) return { ...one, text }
    const aligned = `${text.padEnd(widest)}   ${value}`
    return { ...one, text: aligned.length <= room ? aligned : `${text}   ${value}` }
  })
}

function below({ style, text, hang = '  ' }: More, width: number, paint: Paint): string[] {
  const lines = fold(text, width - inner.length - hang.length)
  return lines.map((line, index) => `${inner}${paint(style, index === 0 ? line : `${hang}${line}`)}`)
}
