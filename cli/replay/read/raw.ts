/** The text of one record, or why there is none; and where it begins. */
export type Raw = RecordPlace & ({ text: string } | { problem: string })

export interface RecordPlace {
  /** From one. */
  line: number
  /** Bytes from the beginning of what is unpacked. */
  offset: number
}

/** What is longer is no event. Source: EventBridge quotas (1 MB); CloudTrail's records are shorter. */
export const mostBytes = 4 * 1024 * 1024

/** Bytes that arrive in pieces, kept up to a limit: memory stays the same whatever a file holds. */
export function holder() {
  let pieces: Buffer[] = []
  let size = 0

  function drop(): void {
    pieces = []
    size = 0
  }

  return {
    drop,
    isEmpty: (): boolean => size === 0,
    add(piece: Buffer): void {
      size += piece.length
      if (size > mostBytes) pieces = []
      else pieces.push(piece)
    },
    /** The last bytes, as text. */
    tail: (most: number): string => Buffer.concat(pieces.slice(-most)).subarray(-most).toString('latin1'),
    take(place: RecordPlace): Raw {
      const [only = Buffer.alloc(0), second] = pieces
      const bytes = second ? Buffer.concat(pieces) : only
      const isLong = size > mostBytes
      drop()
      return isLong
        ? { ...place, problem: `is longer than ${mostBytes} bytes` }
        : { ...place, text: bytes.toString() }
    },
  }
}
