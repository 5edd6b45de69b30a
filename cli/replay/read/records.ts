import { documents } from './documents.ts'
import { lines } from './lines.ts'
import type { Raw } from './raw.ts'

/** Some programs write it at the start of UTF-8 files. */
const byteOrderMark = [0xef, 0xbb, 0xbf]

/**
 * The texts of the records in JSON, JSON Lines or JSON lists of records, in batches as they arrive. After a record that
 * had its own line, every line is a record, and a broken line does not affect the others.
 */
export async function* recordsIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Raw[], void> {
  let batch: Raw[] = []
  const found = (raw: Raw): void => {
    if (!('text' in raw) || raw.text.trim() !== '') batch.push(raw)
  }
  const reader = documents(found)
  let byLine: ReturnType<typeof lines> | undefined
  let offset = 0
  for await (const part of bytes) {
    const chunk = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
    let from = 0
    while (offset + from < byteOrderMark.length && chunk[from] === byteOrderMark[offset + from]) from++
    if (!byLine) from = reader.push(chunk, from, offset)
    if (!byLine && reader.isByLine()) byLine = lines(found, reader.line())
    byLine?.push(chunk, from, offset)
    offset += chunk.length
    if (batch.length > 0) yield batch
    batch = []
  }
  if (byLine) byLine.end()
  else reader.end()
  if (batch.length > 0) yield batch
}
