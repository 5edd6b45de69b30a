import type { Io } from './io.ts'
import { jsonText, schemaVersion } from './json.ts'

type Stream = NodeJS.WriteStream

/**
 * What goes where: data on stdout, everything else on stderr. When the reader goes away (`| head -1`) nothing more
 * is printed, and the command goes on to its own end: an order that was sent is not half sent.
 */
export function outputOf(
  out: Stream,
  err: Stream,
  json: boolean,
): Pick<Io, 'print' | 'document' | 'line' | 'note'> {
  const [say, tell] = [writerOf(out), writerOf(err)]
  return {
    print: (...lines) => void say(lines),
    document: (value) => void say([jsonText({ schemaVersion, ...value }, 2)]),
    line: (value) => say([jsonText({ schemaVersion, ...value })]),
    note: (...lines) => void (json || tell(lines)),
  }
}

/** Writes lines to a stream for as long as somebody reads. */
export function writerOf(stream: Stream): (lines: string[]) => boolean {
  let open = true
  stream.on('error', (error: NodeJS.ErrnoException) => {
    open = false
    if (error.code !== 'EPIPE') throw error
  })
  return (lines) => {
    if (open && lines.length > 0) stream.write(`${lines.join('\n')}\n`)
    return open
  }
}

/** Columns of a terminal, of 40 at least; nothing for a pipe or a file. */
export const terminalWidth = ({ isTTY, columns }: Stream): number | undefined =>
  isTTY ? Math.max(columns || 80, 40) : undefined
