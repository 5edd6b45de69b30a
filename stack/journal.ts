import type { Deployment } from './deployment.ts'
import type { Resources } from './template.ts'

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' })
const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType })

/** The journal: who wins, what was done, how to take it back. It outlives the stack. */
export const journal = ({ prefix, local }: Deployment): Resources => ({
  Journal: {
    Type: 'AWS::DynamoDB::Table',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      TableName: `${prefix}-journal`,
      AttributeDefinitions: [text('pk'), text('sk')],
      KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      // The local stack is made anew for every run, and must be removable.
      DeletionProtectionEnabled: !local,
    },
  },
})
