import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { playbook, type Reading } from '../../engine/playbook.ts'

/**
 * Whether the user may sign in. The sign-out is not part of the state, since Cognito does not show it. Every write that
 * disables the user also signs them out, which may be repeated; a write that enables them restores no session.
 */
type State = { enabled: boolean }

const pools = ['arn:aws:cognito-idp:*:*:userpool/*']

/** Prevents a user of a Cognito user pool from signing in, and ends the sessions that Cognito can end. */
export const disableUser = playbook({
  name: 'disable-user',
  title: 'Disable a Cognito user',
  copy: {
    action: 'disable {target} and sign them out',
    contained: '{target} is disabled and signed out',
    released: '{target} may sign in again',
    failed: '{target} may still be signed in',
  },
  target: ['userPoolId', 'username'],
  clients: { cognito: CognitoIdentityProviderClient },
  reads: { 'cognito-idp:AdminGetUser': pools, 'cognito-idp:DescribeUserPool': pools },
  writes: {
    'cognito-idp:AdminDisableUser': pools,
    'cognito-idp:AdminEnableUser': pools,
    'cognito-idp:AdminUserGlobalSignOut': pools,
  },
  gone: ['UserNotFoundException', 'ResourceNotFoundException'],
  // Source: Amazon Cognito user pools API reference, AdminUserGlobalSignOut.
  caveats: () => [
    'The sign-out is not undone by the release and cannot be verified: it is only known that Cognito accepted it.',
    'ID and access tokens that are verified without a call to Cognito (API Gateway authorizers, your own code) work until they expire.',
    'AWS credentials from an identity pool work until they expire.',
    'The cookie of managed login is not cleared: after the release it may sign the user in again without a password.',
    'An attacker who can sign up again can return as another user.',
  ],

  async read({ userPoolId, username }, { cognito }): Promise<Reading<State>> {
    const [{ Enabled = true }, { UserPool }] = await Promise.all([
      cognito.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: username })),
      cognito.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId })),
    ])
    // Users cannot be tagged; their pool can.
    const tags = Object.entries(UserPool?.UserPoolTags ?? {}).map(([Key, Value]) => ({ Key, Value }))
    return { tags, state: { enabled: Enabled } }
  },

  contain: () => ({ enabled: false }),

  async write({ userPoolId, username }, { enabled }, { cognito }) {
    const user = { UserPoolId: userPoolId, Username: username }
    if (enabled) return void (await cognito.send(new AdminEnableUserCommand(user)))
    // In this order, so that the user cannot sign in between the calls.
    await cognito.send(new AdminDisableUserCommand(user))
    const { $metadata } = await cognito.send(new AdminUserGlobalSignOutCommand(user))
    if (!$metadata.requestId)
      throw new Error('Cognito answered the sign-out without a request id, so it may not have accepted it.')
  },
})
