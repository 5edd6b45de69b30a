import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { linesIn } from '../signals/unpack.ts'
import { unreadable } from '../signals/unreadable.ts'

/** Bounds an object in bytes, packed or not: well above any object of the invocation log. */
const maxBytes = 32 * 2 ** 20

let s3: S3Client | undefined

/** The lines of an S3 object, unpacked. Throws `BadEvent` for an object that is too large or corrupt. */
export async function linesOfObject(Bucket: string, Key: string): Promise<string[]> {
  s3 ??= new S3Client({})
  const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand({ Bucket, Key }))
  if (ContentLength > maxBytes)
    throw unreadable('object', `has ${ContentLength} bytes, more than ${maxBytes}`, '')
  return linesIn((await Body?.transformToByteArray()) ?? new Uint8Array())
}
