import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam'
import { disableAccessKey } from '../../../playbooks/identity/disable-access-key.ts'
import { documentOf, userPolicies } from '../../documents.ts'
import type { Scene } from '../scene.ts'

const UserName = 'ci-deployer'
const wider = documentOf({ Effect: 'Deny', Action: '*', Resource: '*' })

export const scene: Scene = {
  playbook: disableAccessKey,
  async build() {
    const iam = new IAMClient({})
    await iam.send(new CreateUserCommand({ UserName, Path: '/machines/' }))
    // Two keys: the other one must not change.
    await iam.send(new CreateAccessKeyCommand({ UserName }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
    const accessKeyId = AccessKey?.AccessKeyId as string
    const keys = async () => (await iam.send(new ListAccessKeysCommand({ UserName }))).AccessKeyMetadata ?? []
    return {
      target: { account: '123456789012', region: 'us-east-1', accessKeyId },
      look: async () => ({ ...(await userPolicies(UserName)), keys: await keys() }),
      async protect() {
        await iam.send(
          new TagUserCommand({ UserName, Tags: [{ Key: 'portcullis:protected', Value: 'true' }] }),
        )
      },
      // A responder changes the policy so that it denies the user everything. (Activating the key restores its state.)
      async meddle() {
        const PolicyName = `PortcullisKeyOff-${accessKeyId}`
        await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: wider }))
      },
      async destroy() {
        const { inline } = await userPolicies(UserName)
        for (const PolicyName of Object.keys(inline))
          await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }))
        for (const { AccessKeyId } of await keys())
          await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }))
        await iam.send(new DeleteUserCommand({ UserName }))
      },
    }
  },
}
