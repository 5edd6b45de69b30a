import type { EventDefinition } from './definition.ts'
import type { Envelope } from './envelope.ts'

/**
 * A signal on the bus `portcullis-<stage>`. Only the stack may send events with the source `portcullis`; what applications
 * publish is counted and never triggers a containment by itself. The account and Region of the envelope are the stack's;
 * the detail has those of what happened.
 */
export type SignalEvent<Type extends string, Detail> = Envelope<'portcullis', Type, Detail>

/** The sample of every signal: the envelope without the detail-type. */
export const signalEnvelope = {
  version: '0',
  id: 'ef72c24c-b159-47df-83bf-8c27ed754db2',
  source: 'portcullis',
  account: '111122223333',
  time: '2026-11-21T06:12:31Z',
  region: 'us-east-1',
  resources: [],
} as const

/** The sample of every signal: the fields of the detail that all types have. */
export const signalDetail = {
  schema: '1',
  id: '8207279e941499639cd6185dbe674ca4',
  time: '2026-11-21T06:12:31Z',
  account: '111122223333',
  region: 'eu-central-1',
  policies: [],
  attack: false,
  user: 'auth0:6650a1f2',
  principal: {
    name: 'role/rag-indexer',
    arn: 'arn:aws:sts::111122223333:assumed-role/rag-indexer/nightly',
    account: '111122223333',
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    principalId: 'AROADBQP57FF2AEXAMPLE:nightly',
    session: 'nightly',
    sourceIp: '198.51.100.24',
  },
  evidence: { where: 'cloudtrail', id: 'c2b4f8dd-1021-4cd1-adfc-58c97d0d2aed' },
} as const

const from = 'find/signal-targets.ts'
const user = { name: 'user/ci-deployer', account: '111122223333', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }

/** How every signal names targets. */
export const signalNames: EventDefinition<SignalEvent<string, object>>['names'] = {
  accessKeyId: {
    by: { finder: 'accessKeyInSignal', from, of: 'detail' },
    holds: { detail: { principal: user } },
  },
  principal: { by: { finder: 'callerInSignal', from, of: 'detail', part: 'targets' } },
  'principalId roleName': { by: { finder: 'sessionInSignal', from, of: 'detail' } },
  userId: { by: { finder: 'endUserInSignal', from, of: 'detail' } },
  'userPoolId username': {
    by: { finder: 'poolUserInSignal', from, of: 'detail' },
    holds: { detail: { user: 'us-east-1_aB3dE5fG7/maria' } },
  },
}
