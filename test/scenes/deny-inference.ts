import {
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  TagRoleCommand,
} from '@aws-sdk/client-iam'
import { denyInference } from '../../playbooks/deny-inference.ts'
import type { Scene } from './scene.ts'

const RoleName = 'rag-indexer'
const nobody = JSON.stringify({ Version: '2012-10-17', Statement: [] })
const deny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'bedrock:*', Resource: '*' }] }

export const scene: Scene = {
  playbook: denyInference,
  async build() {
    const iam = new IAMClient({})
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: nobody }))
    const policy = { PolicyName: 'portcullis-test-deny-inference', PolicyDocument: JSON.stringify(deny) }
    const { Policy } = await iam.send(new CreatePolicyCommand(policy))
    const PolicyArn = Policy?.Arn
    return {
      target: { account: '123456789012', region: 'us-east-1', principal: `role/${RoleName}` },
      async look() {
        const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))
        const inline = await iam.send(new ListRolePoliciesCommand({ RoleName }))
        return { attached: attached.AttachedPolicies, inline: inline.PolicyNames }
      },
      async protect() {
        await iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: 'portcullis:protected', Value: 'true' }] }))
      },
      async destroy() {
        await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })).catch(() => undefined)
        await iam.send(new DeleteRoleCommand({ RoleName }))
      },
    }
  },
}
