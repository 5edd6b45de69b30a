import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  TagRoleCommand,
} from '@aws-sdk/client-iam'
import { revokeSessions } from '../../../playbooks/identity/revoke-sessions.ts'
import { documentOf, emptyTrust, rolePolicies } from '../../documents.ts'
import type { Scene } from '../scene.ts'

const RoleName = 'rag-indexer'
const theirs = {
  RoleName,
  PolicyName: 'ReadIndex',
  PolicyDocument: documentOf({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }),
}
const Condition = { DateLessThan: { 'aws:TokenIssueTime': '2999-01-01T00:00:00Z' } }
const later = documentOf({ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition })

export const scene: Scene = {
  playbook: revokeSessions,
  async build() {
    const iam = new IAMClient({})
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: emptyTrust }))
    await iam.send(new PutRolePolicyCommand(theirs))
    return {
      target: { account: '123456789012', region: 'us-east-1', roleName: RoleName },
      look: () => rolePolicies(RoleName),
      async protect() {
        await iam.send(
          new TagRoleCommand({ RoleName, Tags: [{ Key: 'portcullis:protected', Value: 'true' }] }),
        )
      },
      // A responder who sees the attacker return uses "Revoke active sessions" in the console.
      async meddle() {
        const PolicyName = 'AWSRevokeOlderSessions'
        await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: later }))
      },
      async destroy() {
        const { inline } = await rolePolicies(RoleName)
        for (const PolicyName of Object.keys(inline))
          await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }))
        await iam.send(new DeleteRoleCommand({ RoleName }))
      },
    }
  },
}
