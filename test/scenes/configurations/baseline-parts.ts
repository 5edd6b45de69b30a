import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { type Baseline, writeBaseline } from '../../../playbooks/configurations/baseline.ts'

// A signed baseline, for the scenes with one.

/** Creates the key of the stack and signs a baseline with it. */
export async function sign(baseline: Omit<Baseline, 'account' | 'region'>): Promise<void> {
  const hmac = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } as const
  const { KeyMetadata } = await new KMSClient({}).send(new CreateKeyCommand(hmac))
  process.env.PORTCULLIS_BASELINE_KEY = KeyMetadata?.KeyId
  await writeBaseline({ account: '123456789012', region: 'us-east-1', ...baseline, by: 'maria@example.com' })
}
