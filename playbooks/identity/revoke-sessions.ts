import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { denyOlder } from './denials.ts'
import { inlineOf, putInline } from './inline.ts'
import { iamPropagation, revocable, roles, tagsAndNamesOf } from './principals.ts'

/** The name that the IAM console uses too, so that a role has one such policy and not two. */
const policyName = 'AWSRevokeOlderSessions'

type State = { policy: string | null }

/**
 * Denies every action to the present sessions of a role; later sessions are not affected.
 *
 * `iam:PutRolePolicy` on every role is equivalent to administrator access, and IAM has no condition on the content of a
 * policy. The limits are in infrastructure/stack/permissions/denials.ts: explicit denies on the roles of the stack, on
 * resources tagged `portcullis:protected`, and on break-glass paths.
 */
export const revokeSessions = playbook({
  name: 'revoke-sessions',
  title: "Revoke a role's sessions",
  copy: {
    action: 'revoke the sessions of {target}',
    contained: 'the sessions of {target} are revoked',
    released: 'the sessions of {target} are no longer denied',
    failed: 'the sessions of {target} may still work',
  },
  target: ['roleName'],
  global: true,
  clients: { iam: IAMClient },
  reads: { 'iam:GetRole': roles, 'iam:GetRolePolicy': roles },
  writes: { 'iam:PutRolePolicy': roles, 'iam:DeleteRolePolicy': roles },
  gone: ['NoSuchEntityException', 'NoSuchEntity'],
  settles: 20,
  // Sources: EC2 User Guide, "Retrieve security credentials from instance metadata" (new ones are available "at least
  // five minutes before"); IAM API reference, AddRoleToInstanceProfile (how to get new ones earlier).
  caveats: () => [
    'Every user of this role loses their session, not only the attacker, and gets a new one by signing in again.',
    'Every instance with this role is denied all actions until AWS provides new credentials, minutes before the old ones expire: for up to six hours.',
    'To shorten that for an unaffected instance, disassociate and associate its instance profile, or stop and start it. Tasks and functions have to be replaced.',
    'Sessions issued after the containment work, also those of a compromised host: isolate the host too.',
    'Sessions of other roles that were assumed through this role still work: revoke those too.',
    'A release before the old sessions expire (12 hours at most) makes them work again.',
    iamPropagation,
  ],

  async read({ roleName }, { iam }): Promise<Reading<State>> {
    const [role, policy] = await Promise.all([
      iam.send(new GetRoleCommand({ RoleName: roleName })).then(({ Role }) => revocable(Role)),
      inlineOf(iam, { RoleName: roleName }, policyName),
    ])
    return { ...tagsAndNamesOf(role), state: { policy } }
  },

  contain: ({ policy }, { at }) => ({ policy: denyOlder(policy, at) }),

  write: ({ roleName }, { policy }, { iam }) => putInline(iam, { RoleName: roleName }, policyName, policy),
})
