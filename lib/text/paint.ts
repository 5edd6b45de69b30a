import { styleText } from 'node:util'

const formats = { bold: 'bold', dim: 'dim', good: 'green', bad: 'red', ask: 'yellow' } as const

export type Style = keyof typeof formats | 'plain'
export type Paint = (style: Style, text: string) => string

/** Colours for a stream; they never carry meaning alone. Node.js checks NO_COLOR, FORCE_COLOR and TERM. */
export const paintFor =
  (stream: NodeJS.WriteStream, wanted = true): Paint =>
  (style, text) =>
    style === 'plain' || !wanted ? text : styleText(formats[style], text, { stream })
