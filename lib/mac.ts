import { GenerateMacCommand, KMSClient, KMSInvalidMacException, VerifyMacCommand } from '@aws-sdk/client-kms'

const MacAlgorithm = 'HMAC_SHA_256'

let kms: KMSClient | undefined

/** The MAC of a message of at most 4,096 bytes, made by a KMS key for HMAC_SHA_256. Source: KMS API reference, GenerateMac. */
export async function generateMac(KeyId: string, Message: Uint8Array): Promise<Buffer> {
  kms ??= new KMSClient({})
  const { Mac } = await kms.send(new GenerateMacCommand({ KeyId, MacAlgorithm, Message }))
  if (!Mac) throw new Error('KMS returned no MAC: nothing was signed.')
  return Buffer.from(Mac)
}

/** Whether a MAC was made by this key for this message. */
export async function verifyMac(KeyId: string, Message: Uint8Array, Mac: Uint8Array): Promise<boolean> {
  kms ??= new KMSClient({})
  try {
    const { MacValid } = await kms.send(new VerifyMacCommand({ KeyId, MacAlgorithm, Message, Mac }))
    return MacValid === true
  } catch (error) {
    if (error instanceof KMSInvalidMacException) return false
    throw error
  }
}
