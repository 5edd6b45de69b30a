import wrapAnsi from 'wrap-ansi'

/** Wraps text to lines of at most `width`: at spaces, and within a word only where it is longer than a line. Pure. */
export const fold = (text: string, width: number): string[] =>
  wrapAnsi(text, width, { hard: true }).split('\n')
