import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { version } from '../../documents.ts'
import type { Scene } from '../scene.ts'
import { scene as first } from './revoke-sessions.ts'

const policy = { RoleName: 'rag-indexer', PolicyName: 'AWSRevokeOlderSessions' }

// As the IAM console wrote it last year, with its spacing, and with a statement that was added manually.
const earlier = JSON.stringify(
  {
    Version: version,
    Statement: [
      {
        Effect: 'Deny',
        Action: ['*'],
        Resource: ['*'],
        Condition: { DateLessThan: { 'aws:TokenIssueTime': '2025-03-01T09:30:00.000Z' } },
      },
      { Sid: 'NoKeys', Effect: 'Deny', Action: 'iam:CreateAccessKey', Resource: '*' },
    ],
  },
  null,
  4,
)

/** A role whose sessions have been revoked before: the release restores the earlier document. */
export const scene: Scene = {
  playbook: first.playbook,
  async build() {
    const stage = await first.build()
    const iam = new IAMClient({})
    await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: earlier }))
    // The denial is removed manually, together with the earlier one.
    return { ...stage, meddle: async () => void (await iam.send(new DeleteRolePolicyCommand(policy))) }
  },
}
