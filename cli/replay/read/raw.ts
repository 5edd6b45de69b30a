/** The text of one record, or why it cannot be read, and its position. */
export type Raw = RecordPlace & ({ text: string } | { problem: string })

export interface RecordPlace {
  /** Line number, from 1. */
  line: number
  /** Bytes from the beginning, after decompression. */
  offset: number
}

/** Longer records are rejected. Source: EventBridge quotas (1 MB per event); CloudTrail records are shorter. */
export const maxRecordBytes = 4 * 1024 * 1024

/** Collects the bytes of a record up to the limit, so that memory is bounded for any input. */
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
      if (size > maxRecordBytes) pieces = []
      else pieces.push(piece)
    },
    /** The last bytes as text. */
    tail: (most: number): string => Buffer.concat(pieces.slice(-most)).subarray(-most).toString('latin1'),
    take(place: RecordPlace): Raw {
      const [only = Buffer.alloc(0), second] = pieces
      const bytes = second ? Buffer.concat(pieces) : only
      const isLong = size > maxRecordBytes
      drop()
      return isLong
        ? { ...place, problem: `is longer than ${maxRecordBytes} bytes` }
        : { ...place, text: bytes.toString() }
    },
  }
}
