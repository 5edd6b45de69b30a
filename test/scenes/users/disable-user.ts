import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  ListUsersCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { disableUser } from '../../../playbooks/users/disable-user.ts'
import type { Scene } from '../scene.ts'

const Username = 'mallory@example.com'

/** A user of a pool with another user. The effect on them is tested in test/effect/users/disable-user.test.ts. */
export const scene: Scene = {
  playbook: disableUser,
  async build() {
    const cognito = new CognitoIdentityProviderClient({})
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'shop' }))
    const UserPoolId = UserPool?.Id as string
    for (const name of [Username, 'alice@example.com'])
      await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username: name }))
    return {
      target: { account: '123456789012', region: 'us-east-1', userPoolId: UserPoolId, username: Username },
      async look() {
        const { Users = [] } = await cognito.send(new ListUsersCommand({ UserPoolId }))
        return Object.fromEntries(
          Users.map(({ Username = '', Enabled, UserStatus }) => [Username, { Enabled, UserStatus }]),
        )
      },
      async protect() {
        const UserPoolTags = { 'portcullis:protected': 'true' }
        await cognito.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTags }))
      },
      // No `meddle`: a user is either enabled or disabled.
      async destroy() {
        await cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username }))
      },
    }
  },
}
