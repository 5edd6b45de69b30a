import { bytesOf } from './files.ts'
import { lines } from './lines.ts'

/** The lines of a file or of standard input (`-`), including empty ones; a line that is too long becomes invalid JSON. */
export async function* textLines(path: string): AsyncGenerator<string, void> {
  const found: string[] = []
  const reader = lines((raw) => found.push('text' in raw ? raw.text : tooLong))
  for await (const part of bytesOf(path)) {
    reader.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength), 0, 0)
    yield* found.splice(0)
  }
  reader.end()
  yield* found
}

/** Invalid JSON on purpose: the reader counts it as an unreadable line. */
const tooLong = '"a line of more than'
