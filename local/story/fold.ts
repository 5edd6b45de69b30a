import { stripVTControlCharacters } from 'node:util'

/** Text broken into lines of at most `width`: at spaces, and inside a word only where it is longer than a line. Pure. */
export function fold(text: string, width: number): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.length - 1
    const line = lines[last] ?? ''
    const joined = line === '' ? word : `${line} ${word}`
    if (lengthOf(joined) <= width) lines[last] = joined
    else if (lengthOf(word) <= width) lines.push(word)
    else lines.splice(last, 1, ...pieces(joined, width))
  }
  return lines
}

const pieces = (text: string, width: number): string[] => text.match(new RegExp(`.{1,${width}}`, 'gu')) ?? []

const lengthOf = (text: string): number => stripVTControlCharacters(text).length
