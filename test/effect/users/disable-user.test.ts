import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  GetUserCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { disableUser } from '../../../playbooks/users/disable-user.ts'
import { startCloud } from '../../cloud.ts'
import { later } from '../../laws/steps.ts'
import { doorOf } from '../attacker.ts'

const cloud = await startCloud()
const door = doorOf(disableUser)
const cognito = new CognitoIdentityProviderClient({})
const Password = 'Correct-horse-7'
afterAll(() => cloud.stop())

let userPoolId = ''
let ClientId = ''
beforeEach(async () => {
  await cloud.reset()
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'shop' }))
  userPoolId = UserPool?.Id ?? ''
  const made = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: userPoolId,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  )
  ClientId = made.UserPoolClient?.ClientId ?? ''
  for (const Username of ['mallory', 'alice']) {
    const user = { UserPoolId: userPoolId, Username }
    await cognito.send(new AdminCreateUserCommand(user))
    await cognito.send(new AdminSetUserPasswordCommand({ ...user, Password, Permanent: true }))
  }
})

const signIn = (USERNAME: string) =>
  initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD: Password }).then((result) => result ?? {})
const refresh = (REFRESH_TOKEN = '') => initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN })
const whoAmI = (AccessToken = '') => cognito.send(new GetUserCommand({ AccessToken }))

const initiate = (
  AuthFlow: 'USER_PASSWORD_AUTH' | 'REFRESH_TOKEN_AUTH',
  AuthParameters: Record<string, string>,
) =>
  cognito
    .send(new InitiateAuthCommand({ AuthFlow, ClientId, AuthParameters }))
    .then(({ AuthenticationResult }) => AuthenticationResult)

const refused = { name: 'NotAuthorizedException' }

test('a disabled user can neither sign in nor refresh a session until the release', async () => {
  const session = await signIn('mallory')
  expect((await whoAmI(session.AccessToken)).Username).toBe('mallory')

  const outcome = await door.contain({ userPoolId, username: 'mallory' })
  expect(outcome.status, outcome.why).toBe('contained')
  await expect(signIn('mallory')).rejects.toMatchObject(refused)
  await expect(refresh(session.RefreshToken)).rejects.toMatchObject(refused)
  await expect(whoAmI(session.AccessToken)).rejects.toMatchObject(refused)
  expect((await signIn('alice')).AccessToken).toBeTruthy()

  expect((await door.release(outcome)).status).toBe('released')
  expect((await signIn('mallory')).AccessToken).toBeTruthy()
  // The release enables the user, and restores none of the old sessions.
  await expect(refresh(session.RefreshToken)).rejects.toMatchObject(refused)
  await expect(whoAmI(session.AccessToken)).rejects.toMatchObject(refused)
})

test('a user who was disabled before is not changed', async () => {
  await cognito.send(new AdminDisableUserCommand({ UserPoolId: userPoolId, Username: 'mallory' }))
  const outcome = await door.contain({ userPoolId, username: 'mallory' })
  expect(outcome).toMatchObject({ status: 'observed', why: 'There is nothing left to change.' })
})

test('a sign-out without a confirmation is a failure and is repeated', async () => {
  const session = await signIn('mallory')
  cloud.tap.answer('cognito-idp:AdminUserGlobalSignOut', 'nothing', 1)
  const first = await door.contain({ userPoolId, username: 'mallory' })
  const why = expect.stringContaining('it may not have accepted it')
  expect(first).toMatchObject({ status: 'failed', why })

  const second = await later(120_000, () => door.contain({ userPoolId, username: 'mallory' }))
  expect(second.status, second.why).toBe('contained')
  expect((await door.release(second)).status).toBe('released')
  await expect(refresh(session.RefreshToken)).rejects.toMatchObject(refused)
})

test.each(['mallory\n', 'mallory|alice', 'ma*', 'us-east-1_x/mallory', ''])(
  '%j is not a valid user',
  async (username) => {
    expect(await door.contain({ userPoolId, username })).toMatchObject({ status: 'parked' })
    expect((await signIn('mallory')).AccessToken).toBeTruthy()
  },
)
