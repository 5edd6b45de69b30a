import { holder, type Raw, type RecordPlace } from './raw.ts'

/** Lists of records stand under these keys: CloudTrail's files, what the APIs of AWS answer. */
const known = /"(?:Records|Findings|findings|Events|events)"\s*:\s*$/
const longestKey = 40

const [quote, backslash, newline, comma, colon] = [0x22, 0x5c, 0x0a, 0x2c, 0x3a]
const [brace, endBrace, bracket, endBracket] = [0x7b, 0x7d, 0x5b, 0x5d]

/** Bytes at which something begins or ends; within a value all others are passed over. */
const marks = new Uint8Array(256)
for (const mark of [quote, newline, comma, colon, brace, endBrace, bracket, endBracket]) marks[mark] = 1
/** The same within a text. */
const textMarks = new Uint8Array(256)
for (const mark of [quote, backslash, newline]) textMarks[mark] = 1
const spaces = new Set([0x20, 0x09, 0x0d, newline])

/**
 * Finds the records in JSON documents as their bytes arrive: values one after the other, the elements of a list, or of
 * a list under a known key, however long that is. What is broken is told, and reading goes on with the next value that
 * is seen to begin.
 */
export function documents(found: (raw: Raw) => void) {
  const held = holder()
  // Which of the brackets round the present byte are lists; deeper than this it does not matter.
  const lists = new Uint8Array(1 << 16)
  // Records begin at the depth of the floor: at the top, or within a list.
  let [depth, floor] = [0, 0]
  let [inText, escaped, isAround, isLost, wasAlone, isByLine] = [false, false, false, false, false, false]
  let [last, line, start, begun] = [0, 1, 0, -1]
  let place: RecordPlace = { line, offset: 0 }

  return {
    /**
     * Reads a chunk from a byte on; the chunk's first stands at an offset. Gives where it stopped: at the end, or
     * behind a record that has a line of its own.
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
      if (depth > floor && !(isAround && floor === 0)) found({ ...place, problem: 'ends in the middle' })
      else if (depth > 0) found({ line, offset: place.offset, problem: 'the list ends in the middle' })
    },
    /** Whether reading stopped because each line is a record from here on. */
    isByLine: () => isByLine,
    line: () => line,
  }

  function isList(): boolean {
    return lists[depth & 0xffff] === 1
  }

  /** Goes to the end of a text, or of the chunk. */
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
        if (depth > floor) broken('breaks off within a text')
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

  /** Whether a record ended on this line, on which it began, with nothing behind it. */
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
      if (!isLost) found({ line, offset: start + at, problem: 'is no JSON object' })
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
