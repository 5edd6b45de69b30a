import {
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
  TagRoleCommand,
} from '@aws-sdk/client-iam'
import { denyInference } from '../../../playbooks/identity/deny-inference.ts'
import { inferencePolicy } from '../../../playbooks/identity/inference-actions.ts'
import { emptyTrust, rolePolicies } from '../../documents.ts'
import type { Scene } from '../scene.ts'

const RoleName = 'rag-indexer'

export const scene: Scene = {
  playbook: denyInference,
  async build() {
    const iam = new IAMClient({})
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: emptyTrust }))
    const PolicyArn = await deployPolicy(iam)
    return {
      target: { account: '123456789012', region: 'us-east-1', principal: `role/${RoleName}` },
      look: () => rolePolicies(RoleName),
      async protect() {
        await iam.send(
          new TagRoleCommand({ RoleName, Tags: [{ Key: 'portcullis:protected', Value: 'true' }] }),
        )
      },
      // No `meddle`: the policy is either attached or not. To detach it restores the earlier state, so a release finds
      // no foreign change and never drifts.
      async destroy() {
        await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })).catch(() => undefined)
        await iam.send(new DeleteRoleCommand({ RoleName }))
      },
    }
  },
}

/** The policy that the stack deploys. */
export async function deployPolicy(iam: IAMClient): Promise<string> {
  const PolicyDocument = JSON.stringify(inferencePolicy())
  const PolicyName = 'portcullis-test-deny-inference'
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }))
  return Policy?.Arn as string
}
