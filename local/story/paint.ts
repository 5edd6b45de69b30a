import { styleText } from 'node:util'

export type Style = 'plain' | 'bold' | 'dim' | 'good' | 'bad' | 'ask'

const formats = { bold: 'bold', dim: 'dim', good: 'green', bad: 'red', ask: 'yellow' } as const

/** Text in a colour, or as it is where there is no terminal or `NO_COLOR` is set: colour only repeats what words say. */
export type Paint = (style: Style, text: string) => string

export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (style, text) =>
    style === 'plain' || !stream.isTTY ? text : styleText(formats[style], text, { stream })
