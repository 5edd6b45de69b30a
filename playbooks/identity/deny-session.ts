import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { Gone } from '../../engine/errors.ts'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { digest } from '../../lib/canonical.ts'
import { denyOnly } from './denials.ts'
import { inlineOf, putInline } from './inline.ts'
import { iamPropagation, revocable, roles, tagsAndNamesOf } from './principals.ts'

type State = { session: string; policy: string | null }

/**
 * Each session has its own policy, so that two containments never write the same one. The digest has 128 bits, because
 * the caller chooses the session name: with a shorter digest, an attacker could find two names with the same policy,
 * and denying the second would allow the first again.
 */
const policyName = (principalId: string) => `PortcullisDenySession-${digest(principalId).slice(0, 32)}`

/** Denies every action to one session of a role; its other sessions still work. For its grants see revoke-sessions. */
export const denySession = playbook({
  name: 'deny-session',
  title: 'Deny one session of a role',
  copy: {
    action: 'deny the session {target}',
    contained: 'the session {target} is denied',
    released: 'the session {target} is no longer denied',
    failed: 'the session {target} may still work',
  },
  target: ['roleName', 'principalId'],
  global: true,
  clients: { iam: IAMClient },
  reads: { 'iam:GetRole': roles, 'iam:GetRolePolicy': roles },
  writes: { 'iam:PutRolePolicy': roles, 'iam:DeleteRolePolicy': roles },
  gone: ['NoSuchEntityException', 'NoSuchEntity'],
  settles: 20,
  caveats: () => [
    'An attacker who can assume the role again can choose another session name: find out who assumed it and contain them too.',
    'A session is identified by its name: other and renewed sessions of that name are denied too. The sessions of one instance or function always have the same name.',
    'Sessions of other roles that were assumed through this session still work.',
    'A release before the session expires (12 hours at most) makes it work again.',
    iamPropagation,
  ],

  async read({ roleName, principalId }, { iam }): Promise<Reading<State>> {
    const [role, policy] = await Promise.all([
      iam.send(new GetRoleCommand({ RoleName: roleName })).then(({ Role }) => revocable(Role)),
      inlineOf(iam, { RoleName: roleName }, policyName(principalId)),
    ])
    // A role that was deleted and created again has a new id, and sessions of the old role no longer work.
    if (!principalId.startsWith(`${role?.RoleId}:`))
      throw new Gone(`${principalId} is not a session of ${roleName}.`)
    return { ...tagsAndNamesOf(role), state: { session: principalId, policy } }
  },

  contain: ({ session }) => ({ session, policy: denyOnly(session) }),

  write: ({ roleName, principalId }, { policy }, { iam }) =>
    putInline(iam, { RoleName: roleName }, policyName(principalId), policy),
})
