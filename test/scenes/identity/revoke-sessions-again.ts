import { DeleteRolePolicyCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { version } from '../../documents.ts'
import type { Scene } from '../scene.ts'
import { scene as first } from './revoke-sessions.ts'

const policy = { RoleName: 'rag-indexer', PolicyName: 'AWSRevokeOlderSessions' }

// As the console wrote it last year, in its spacing; and a statement that somebody added to it by hand.
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

/** The role's sessions have been revoked before: the release puts that earlier document back. */
export const scene: Scene = {
  playbook: first.playbook,
  async build() {
    const stage = await first.build()
    const iam = new IAMClient({})
    await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: earlier }))
    // Somebody takes the denial away by hand, and the earlier one with it.
    return { ...stage, meddle: async () => void (await iam.send(new DeleteRolePolicyCommand(policy))) }
  },
}
