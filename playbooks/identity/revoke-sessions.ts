import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { denyOlder } from './denials.ts'
import { inlineOf, putInline } from './inline.ts'
import { revocable, roles, tagsAndNamesOf } from './principals.ts'

/** The name the IAM console gives it too, so that there is one such policy on a role and not two. */
const policyName = 'AWSRevokeOlderSessions'

type State = { policy: string | null }

/**
 * Denies everything to the sessions a role has at this moment; those made later are free.
 *
 * `iam:PutRolePolicy` on every role is administrator by another name, and no IAM condition speaks of a policy's
 * content. What holds it back is in infrastructure/stack.ts: explicit denials on the stack's own roles, on what is tagged
 * `portcullis:protected`, and on break-glass paths.
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
  // Sources: EC2 User Guide, "Retrieve security credentials from instance metadata" (new ones are offered "at least
  // five minutes before"); IAM API reference, AddRoleToInstanceProfile (what forces new ones).
  caveats: () => [
    'Everybody who uses this role loses their session, not the attacker alone, and gets a new one by signing in again.',
    'Every instance of this role is denied everything until AWS offers it new credentials, minutes before the old ones expire: for up to six hours.',
    'Taking the instance profile from a sound instance and giving it back, or stopping and starting it, hastens that. Tasks and functions have to be replaced.',
    'Sessions made after this moment work, those of a compromised host too: isolate it as well.',
    'Sessions of other roles that were obtained through this one live on: revoke those too.',
    'Released before the old sessions have ended (12 hours at most), it gives them back.',
    'IAM shows it to all services within minutes, not at once.',
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
