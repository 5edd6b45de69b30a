import {
  CreateUserCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  IAMClient,
  TagUserCommand,
} from '@aws-sdk/client-iam'
import { denyInference } from '../../../playbooks/identity/deny-inference.ts'
import { userPolicies } from '../../documents.ts'
import type { Scene } from '../scene.ts'
import { deployPolicy } from './deny-inference.ts'

const UserName = 'data-scientist@example.com'

/** A user instead of a role. For why there is no `meddle` see deny-inference. */
export const scene: Scene = {
  playbook: denyInference,
  async build() {
    const iam = new IAMClient({})
    await iam.send(new CreateUserCommand({ UserName }))
    const PolicyArn = await deployPolicy(iam)
    return {
      target: { account: '123456789012', region: 'us-east-1', principal: `user/${UserName}` },
      look: () => userPolicies(UserName),
      async protect() {
        await iam.send(
          new TagUserCommand({ UserName, Tags: [{ Key: 'portcullis:protected', Value: 'true' }] }),
        )
      },
      async destroy() {
        await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn })).catch(() => undefined)
        await iam.send(new DeleteUserCommand({ UserName }))
      },
    }
  },
}
