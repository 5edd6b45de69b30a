import { holder, type Raw } from './raw.ts'

const newline = 0x0a

/** Splits bytes into lines as they arrive, including empty ones. Only a line feed ends a line: JSON strings may hold other separators. */
export function lines(found: (raw: Raw) => void, first = 1) {
  const held = holder()
  let line = first
  let place: { line: number; offset: number } | undefined

  return {
    push(chunk: Buffer, from: number, offset: number): void {
      let begin = from
      for (;;) {
        place ??= { line, offset: offset + begin }
        const end = chunk.indexOf(newline, begin)
        held.add(chunk.subarray(begin, end < 0 ? chunk.length : end))
        if (end < 0) return
        close()
        begin = end + 1
      }
    },
    end(): void {
      if (place && !held.isEmpty()) close()
    },
  }

  function close(): void {
    if (place) found(held.take(place))
    place = undefined
    line++
  }
}
