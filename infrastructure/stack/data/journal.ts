import type { Deployment } from '../deployment.ts'
import type { Resources } from '../template/template.ts'

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const })
const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType })

/** The rest of an item is read from the table: an index is eventually consistent. */
const index = (IndexName: string, hash: string, range: string, more: string[]) => ({
  IndexName,
  KeySchema: [key(hash, 'HASH'), key(range, 'RANGE')],
  Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: more },
})

/** How the journal is queried: by target; incidents by the beginning of their id; containments by status. */
export const keys = {
  AttributeDefinitions: ['pk', 'sk', 'shelf', 'incident', 'status', 'opened'].map(text),
  KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
  GlobalSecondaryIndexes: [
    index('incidents', 'shelf', 'incident', ['opened']),
    index('statuses', 'status', 'opened', ['incident']),
  ],
}

/** The journal: locks, records of what was done, and how to release it. It is retained when the stack is deleted. */
export const journal = ({ prefix, local }: Deployment): Resources => ({
  Journal: {
    Type: 'AWS::DynamoDB::Table',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      TableName: `${prefix}-journal`,
      ...keys,
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      // The local stack is created for every run, and must be removable.
      DeletionProtectionEnabled: !local,
    },
  },
})
