import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { type Baseline, writeBaseline } from '../../../playbooks/configurations/baseline.ts'

// What a defence must at least be, signed, for the scenes that play around one.

/** Makes the stack's key, and signs this with it. */
export async function sign(baseline: Omit<Baseline, 'account' | 'region'>): Promise<void> {
  const hmac = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } as const
  const { KeyMetadata } = await new KMSClient({}).send(new CreateKeyCommand(hmac))
  process.env.PORTCULLIS_BASELINE_KEY = KeyMetadata?.KeyId
  await writeBaseline({ account: '123456789012', region: 'us-east-1', ...baseline, by: 'maria@example.com' })
}
