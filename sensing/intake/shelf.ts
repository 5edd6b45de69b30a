import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { linesIn } from '../signals/unpack.ts'
import { unreadable } from '../signals/unreadable.ts'

/** No object of the invocation log is nearly as large; packed or not, bytes. */
const largest = 32 * 2 ** 20

let s3: S3Client | undefined

/** The lines of an object in S3, unpacked. Throws `BadEvent` for what is too large or broken. */
export async function linesAt(Bucket: string, Key: string): Promise<string[]> {
  s3 ??= new S3Client({})
  const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand({ Bucket, Key }))
  if (ContentLength > largest) throw unreadable('object', `has ${ContentLength} bytes, more than it may`, '')
  return linesIn((await Body?.transformToByteArray()) ?? new Uint8Array())
}
