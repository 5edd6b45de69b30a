import type { Ours } from '../../engine/guard.ts'
import { stackRoleNames } from '../../engine/role-names.ts'
import type { Event } from '../../engine/rule.ts'
import { getPath } from '../../lib/get-path.ts'

const memberRole = 'portcullis-member'

/**
 * The stage's own account and roles, as infrastructure/stack.ts names them. When the account is not known, the one in
 * which an event happened is assumed.
 */
export function oursOf(prefix: string, functions: readonly string[], home?: string): (event: Event) => Ours {
  const roles = stackRoleNames(prefix, functions)
  if (home !== undefined) return () => ({ account: home, memberRole, roles })
  return ({ account, detail }) => ({
    account: String(getPath(detail, 'recipientAccountId') ?? getPath(detail, 'accountId') ?? account),
    memberRole,
    roles: [...roles, memberRole],
  })
}
