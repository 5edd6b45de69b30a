import { holder, type Raw, type RecordPlace } from './raw.ts'

/** Keys of lists of records, in files of CloudTrail and responses of AWS APIs. */
const known = /"(?:Records|Findings|findings|Events|events)"\s*:\s*$/
const longestKey = 40

const [quote, backslash, newline, comma, colon] = [0x22, 0x5c, 0x0a, 0x2c, 0x3a]
const [brace, endBrace, bracket, endBracket] = [0x7b, 0x7d, 0x5b, 0x5d]

/** Bytes with a meaning in JSON; all others are skipped within a value. */
const marks = new Uint8Array(256)
for (const mark of [quote, newline, comma, colon, brace, endBrace, bracket, endBracket]) marks[mark] = 1
/** The same within a string. */
const textMarks = new Uint8Array(256)
for (const mark of [quote, backslash, newline]) textMarks[mark] = 1
const spaces = new Set([0x20, 0x09, 0x0d, newline])

/**
 * Finds the records in JSON documents as their bytes arrive: consecutive values, or the elements of a list, also of a list
 * under a known key, of any length. A broken value is reported, and reading resumes with the next one that begins.
 */
export function documents(found: (raw: Raw) => void) {
  const held = holder()
  // For each open bracket, whether it is a list; below this depth it does not matter.
  const lists = new Uint8Array(1 << 16)
  // Records begin at this depth: 0 at the top level, or that of a list.
  let [depth, floor] = [0, 0]
  let [inText, escaped, isAround, isLost, wasAlone, isByLine] = [false, false, false, false, false, false]
  let [last, line, start, begun] = [0, 1, 0, -1]
  let place: RecordPlace = { line, offset: 0 }

  return {
    /**
     * Reads a chunk from index `from` on; `offset` is the position of the chunk. Returns the index where it stopped: the
     * end, or after a record that has its own line.
     */
    push(chunk: Buffer, from: number, offset: number): number {
      start = offset
      if (depth > floor) begun = from
      const { length } = chunk
      for (let at = from; at < length; at++) {
        if (inText) at = text(chunk, at)
        else if (depth > floor) {
          while (at < length && marks[chunk[at] as number] === 0) at++
          if (at < length) within(chunk, at)
        } else if (between(chunk, at)) return at + 1
      }
      if (depth > floor) held.add(chunk.subarray(begun))
      return length
    },
    end() {
      if (depth > floor && !(isAround && floor === 0)) found({ ...place, problem: 'is not complete' })
      else if (depth > 0) found({ line, offset: place.offset, problem: 'the list is not complete' })
    },
    /** Whether each line is a record from here on. */
    isByLine: () => isByLine,
    line: () => line,
  }

  function isList(): boolean {
    return lists[depth & 0xffff] === 1
  }

  /** Skips to the end of a string, or of the chunk. */
  function text(chunk: Buffer, from: number): number {
    const { length } = chunk
    let at = escaped ? from + 1 : from
    escaped = false
    for (; at < length; at++) {
      const byte = chunk[at] as number
      if (textMarks[byte] === 0) continue
      if (byte === backslash) {
        escaped = ++at === length
        continue
      }
      inText = false
      last = quote
      if (byte === newline) {
        line++
        if (depth > floor) broken('breaks off within a string')
      }
      return at
    }
    return length
  }

  function within(chunk: Buffer, at: number): void {
    const byte = chunk[at] as number
    if (byte === newline) line++
    else if (byte === quote) inText = true
    else if (byte === comma || byte === colon) last = byte
    else if (byte === endBrace || byte === endBracket) {
      last = byte
      if (--depth === floor) finish(chunk, at)
    } else if (byte === brace && last !== colon && last !== bracket && !(last === comma && isList())) {
      broken('breaks off')
      between(chunk, at)
    } else if (byte === bracket && depth === 1 && floor === 0 && known.test(before(chunk, at))) {
      held.drop()
      isAround = true
      depth = floor = 2
    } else enter(byte)
  }

  /** Whether a record that began on this line ended on it, with nothing after it. */
  function between(chunk: Buffer, at: number): boolean {
    const byte = chunk[at] as number
    if (byte === newline) line++
    isByLine = wasAlone && byte === newline
    if (spaces.has(byte) || byte === comma) return isByLine
    wasAlone = false
    if (byte === brace || (byte === bracket && floor > 0)) begin(at, byte)
    else if (byte === bracket) depth = floor = 1
    else if (byte === endBracket && floor > 0) {
      depth = floor - 1
      floor = 0
      begun = at + 1
      last = endBracket
    } else {
      inText = byte === quote
      if (!isLost) found({ line, offset: start + at, problem: 'is not a JSON object' })
      isLost = true
    }
    return false
  }

  function begin(at: number, byte: number): void {
    isLost = false
    begun = at
    place = { line, offset: start + at }
    enter(byte)
  }

  function enter(byte: number): void {
    depth++
    lists[depth & 0xffff] = byte === bracket ? 1 : 0
    last = byte === bracket ? bracket : brace
  }

  function finish(chunk: Buffer, at: number): void {
    held.add(chunk.subarray(begun, at + 1))
    if (!isAround || floor > 0) found(held.take(place))
    else held.drop()
    if (floor === 0) {
      wasAlone = !isAround && place.line === line
      isAround = false
    }
  }

  function broken(problem: string): void {
    if (!isLost && !(isAround && floor === 0)) found({ ...place, problem })
    isLost = true
    held.drop()
    depth = floor
  }

  function before(chunk: Buffer, at: number): string {
    const from = Math.max(begun, at - longestKey)
    const here = chunk.toString('latin1', from, at)
    return from === begun && begun === 0 ? held.tail(longestKey) + here : here
  }
}
