import { BadEvent } from '../../engine/errors.ts'
import type { UserIdentity } from '../events/cloudtrail.ts'
import type { AccessKeyDetails } from '../events/guardduty.ts'

/** The identity that an event names. */
export interface IamIdentity {
  /** The subject of incidents: the same in every event, whatever the name of the session. */
  name: string
  /** The role or user that IAM policies can restrict; empty if there is none. */
  targets: { account?: string; principal: string }[]
}

/**
 * The identity behind a call, in its own account. Policies of this account cannot restrict root, services and other
 * accounts. A federated user has at most the permissions of the user that requested the token (IAM User Guide,
 * "Permissions for GetFederationToken"), so that user is the target. Throws `BadEvent` if the event lacks the name.
 */
export function callerOf(identity: UserIdentity): IamIdentity {
  const at = 'detail.userIdentity'
  // The name is read last, so that an error about the target points at it.
  switch (identity.type) {
    case 'IAMUser':
      return known('user', identity.accountId, identity.userName, `${at}.userName`)
    case 'AssumedRole': {
      // Not the name of the session: the caller chooses it.
      const issuer = identity.sessionContext?.sessionIssuer
      return known('role', issuer?.accountId, issuer?.userName, `${at}.sessionContext.sessionIssuer.userName`)
    }
    case 'FederatedUser': {
      const issuer = identity.sessionContext?.sessionIssuer
      if (issuer?.type !== 'IAMUser') return unreachable(identity)
      return known('user', issuer.accountId, issuer.userName, `${at}.sessionContext.sessionIssuer.userName`)
    }
    case 'Root':
      return { name: 'root', targets: [] }
    case 'Role':
    case 'Directory':
    case 'SAMLUser':
    case 'WebIdentityUser':
    case 'IdentityCenterUser':
    case 'AWSAccount':
    case 'AWSService':
    case 'Unknown':
      return unreachable(identity)
    default:
      throw new BadEvent({
        path: `${at}.type`,
        found: identity.type,
        problem: 'is not a known type of identity',
      })
  }
}

/** The identity whose credentials a finding is about. */
export function holderOf(keys: AccessKeyDetails | undefined): IamIdentity {
  const at = 'detail.resource.accessKeyDetails'
  if (keys?.userType === 'IAMUser') return known('user', undefined, keys.userName, `${at}.userName`)
  if (keys?.userType === 'AssumedRole') return known('role', undefined, keys.userName, `${at}.userName`)
  if (keys?.userType === 'Root') return { name: 'root', targets: [] }
  return { name: keys?.principalId ?? 'unknown credentials', targets: [] }
}

/** For notify: an identity that IAM cannot restrict. For any other, the containment itself notifies responders. */
export const notifyIfUnreachable = (
  { name, targets: reach }: IamIdentity,
  what: string,
): { subject: string }[] => (reach.length > 0 ? [] : [{ subject: `${name}: ${what}` }])

/** The target of revoke-sessions: the role of a finding about one of its sessions. */
export const roleOf = ({ userName }: AccessKeyDetails) => ({ roleName: userName })

/** The target of deny-session: `principalId` is the id of the role and the name of the session. */
export const sessionOf = ({ userName, principalId }: AccessKeyDetails) => ({
  roleName: userName,
  principalId,
})

// A missing name must not become the target `user/undefined`.
function known(
  kind: 'role' | 'user',
  account: string | undefined,
  name: string | undefined,
  path: string,
): IamIdentity {
  if (!name) throw new BadEvent({ path, found: name, problem: 'is missing' })
  const principal = `${kind}/${name}`
  return { name: principal, targets: [{ ...(account !== undefined && { account }), principal }] }
}

const unreachable = ({ arn, invokedBy, principalId, type }: UserIdentity): IamIdentity => ({
  name: arn ?? invokedBy ?? principalId ?? type,
  targets: [],
})
