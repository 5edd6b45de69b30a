import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { Gone } from '../../engine/errors.ts'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { digest } from '../../lib/canonical.ts'
import { denyOnly } from './denials.ts'
import { inlineOf, putInline } from './inline.ts'
import { revocable, roles, tagsAndNamesOf } from './principals.ts'

type State = { session: string; policy: string | null }

/**
 * A session's own policy, so that two sessions never share one that must be read before it is written. 128 bits:
 * whoever assumes a role names the session, and could look for two names that share a shorter digest, so that
 * denying the second would free the first.
 */
const policyName = (principalId: string) => `PortcullisDenySession-${digest(principalId).slice(0, 32)}`

/** Denies everything to one session of a role; its other sessions go on. For its grants see revoke-sessions. */
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
    'Whoever may assume the role again picks another session name and is free: find out who that is, and stop them too.',
    'A session is known by its name: others that bear it are denied as well, and so are renewed ones. Those of one instance or function always bear the same.',
    'Sessions of other roles that were obtained through this one live on.',
    'Released before the session has ended (12 hours at most), it gives it back.',
    'IAM shows it to all services within minutes, not at once.',
  ],

  async read({ roleName, principalId }, { iam }): Promise<Reading<State>> {
    const [role, policy] = await Promise.all([
      iam.send(new GetRoleCommand({ RoleName: roleName })).then(({ Role }) => revocable(Role)),
      inlineOf(iam, { RoleName: roleName }, policyName(principalId)),
    ])
    // A role made anew under the old name has another id: the session went with the old one.
    if (!principalId.startsWith(`${role?.RoleId}:`))
      throw new Gone(`${principalId} is no session of ${roleName}.`)
    return { ...tagsAndNamesOf(role), state: { session: principalId, policy } }
  },

  contain: ({ session }) => ({ session, policy: denyOnly(session) }),

  write: ({ roleName, principalId }, { policy }, { iam }) =>
    putInline(iam, { RoleName: roleName }, policyName(principalId), policy),
})
