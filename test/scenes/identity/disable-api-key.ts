import {
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  DeleteServiceSpecificCredentialCommand,
  ListServiceSpecificCredentialsCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam'
import { disableApiKey } from '../../../playbooks/identity/disable-api-key.ts'
import type { Scene } from '../scene.ts'
import { forgetCredentials, IAMWithServiceCredentials } from './service-credentials.ts'

const UserName = 'BedrockAPIKey-7f3a'

/** The user that the Bedrock console creates for a key, with two keys: the other one must not change. */
export const scene: Scene = {
  playbook: { ...disableApiKey, clients: { iam: IAMWithServiceCredentials } },
  async build() {
    forgetCredentials()
    const iam = new IAMWithServiceCredentials()
    await iam.send(new CreateUserCommand({ UserName }))
    const make = new CreateServiceSpecificCredentialCommand({
      UserName,
      ServiceName: 'bedrock.amazonaws.com',
    })
    const { ServiceSpecificCredential } = await iam.send(make)
    await iam.send(make)
    const serviceSpecificCredentialId = ServiceSpecificCredential?.ServiceSpecificCredentialId as string
    const key = { UserName, ServiceSpecificCredentialId: serviceSpecificCredentialId }
    return {
      target: {
        account: '123456789012',
        region: 'us-east-1',
        serviceSpecificCredentialId,
        userName: UserName,
      },
      async look() {
        const { ServiceSpecificCredentials = [] } = await iam.send(
          new ListServiceSpecificCredentialsCommand({ UserName }),
        )
        return ServiceSpecificCredentials
      },
      async protect() {
        await iam.send(
          new TagUserCommand({ UserName, Tags: [{ Key: 'portcullis:protected', Value: 'true' }] }),
        )
      },
      // No `meddle`: a key is either active or inactive.
      async destroy() {
        await iam.send(new DeleteServiceSpecificCredentialCommand(key))
      },
    }
  },
}
