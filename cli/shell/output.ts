import type { Io } from './io.ts'
import { jsonText, schemaVersion } from './json.ts'

type Stream = NodeJS.WriteStream

/**
 * Data goes to stdout, everything else to stderr. When the reader closes the pipe (`| head -1`) nothing more is
 * printed, but the command runs to its end: a decision that was sent is not interrupted.
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

/** Writes lines to a stream until its reader closes it; returns whether it is still open. */
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

/** Columns of a terminal, at least 40; undefined for a pipe or a file. */
export const terminalWidth = ({ isTTY, columns }: Stream): number | undefined =>
  isTTY ? Math.max(columns || 80, 40) : undefined
