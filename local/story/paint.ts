import { styleText } from 'node:util'

export type Style = 'plain' | 'bold' | 'dim' | 'good' | 'bad' | 'ask'

const formats = { bold: 'bold', dim: 'dim', good: 'green', bad: 'red', ask: 'yellow' } as const

/** Text in a colour where the stream takes it (a terminal, `NO_COLOR`, `FORCE_COLOR`): it only repeats what words say. */
export type Paint = (style: Style, text: string) => string

export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (style, text) =>
    style === 'plain' ? text : styleText(formats[style], text, { stream })
