import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** Bytes per read: large reads are faster, and this is still little memory. */
const highWaterMark = 256 * 1024

const endings = ['.json', '.jsonl', '.ndjson', '.gz']

/**
 * The files of a path: itself, or all files in the folder, sorted by name, without CloudTrail digests, which hold no
 * records. Throws errors of the file system for the path itself.
 */
export async function filesAt(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const all = await readdir(path, { recursive: true, withFileTypes: true })
  return all
    .filter((one) => one.isFile() && endings.some((ending) => one.name.endsWith(ending)))
    .map((one) => join(one.parentPath, one.name))
    .filter((file) => !/[\\/]CloudTrail-Digest[\\/]/.test(file))
    .sort()
}

/** The bytes of a file, or of standard input for `-`; decompressed when they are gzip, whatever the name. */
export async function* bytesOf(path: string): AsyncGenerator<Uint8Array, void> {
  const stream: Readable = path === '-' ? process.stdin : createReadStream(path, { highWaterMark })
  const parts: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]()
  const { value: first, done } = await parts.next()
  if (done) return
  // The first two bytes of gzip. A first chunk of one byte is taken for uncompressed.
  const isPacked = first[0] === 0x1f && first[1] === 0x8b
  yield* isPacked ? unpacked(joined(first, parts)) : joined(first, parts)
}

function unpacked(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: highWaterMark })
  // An error ends the stream: the reader of the stream gets it.
  pipeline(bytes, gunzip, () => {})
  return gunzip
}

async function* joined(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}
