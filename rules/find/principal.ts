import { BadEvent } from '../../engine/errors.ts'
import type { UserIdentity } from '../events/cloudtrail.ts'
import type { AccessKeyDetails } from '../events/guardduty.ts'

/** Somebody an event names. */
export interface IamIdentity {
  /** What an incident calls them: the same in every event, whatever the session is called. */
  name: string
  /** Where IAM reaches them: one role or user, or nobody. */
  targets: { account?: string; principal: string }[]
}

/**
 * Who is behind a call, in the account they belong to. IAM reaches nobody behind root, services and other accounts:
 * no policy in this account does. A federated user has at most the rights of the user that asked for the token
 * (IAM User Guide, "Permissions for GetFederationToken"), so that user is who is meant.
 */
export function callerOf(identity: UserIdentity): IamIdentity {
  const at = 'detail.userIdentity'
  // The name is read last, so that an error about the target points at it.
  switch (identity.type) {
    case 'IAMUser':
      return known('user', identity.accountId, identity.userName, `${at}.userName`)
    case 'AssumedRole': {
      // Never the session's name: whoever assumes a role chooses that.
      const issuer = identity.sessionContext?.sessionIssuer
      return known('role', issuer?.accountId, issuer?.userName, `${at}.sessionContext.sessionIssuer.userName`)
    }
    case 'FederatedUser': {
      const issuer = identity.sessionContext?.sessionIssuer
      if (issuer?.type !== 'IAMUser') return nobody(identity)
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
      return nobody(identity)
    default:
      throw new BadEvent({ path: `${at}.type`, found: identity.type, problem: 'is no kind of identity' })
  }
}

/** Whose credentials a finding is about. */
export function holderOf(keys: AccessKeyDetails | undefined): IamIdentity {
  const at = 'detail.resource.accessKeyDetails'
  if (keys?.userType === 'IAMUser') return known('user', undefined, keys.userName, `${at}.userName`)
  if (keys?.userType === 'AssumedRole') return known('role', undefined, keys.userName, `${at}.userName`)
  if (keys?.userType === 'Root') return { name: 'root', targets: [] }
  return { name: keys?.principalId ?? 'unknown credentials', targets: [] }
}

/** Tell the responders what somebody did whom IAM cannot reach; of others the containment tells. */
export const notifyIfUnreachable = (
  { name, targets: reach }: IamIdentity,
  what: string,
): { subject: string }[] => (reach.length > 0 ? [] : [{ subject: `${name}: ${what}` }])

/** The role of a finding about a role's session. */
export const roleOf = ({ userName }: AccessKeyDetails) => ({ roleName: userName })

/** The session itself: `principalId` is the role's id and the session's name. */
export const sessionOf = ({ userName, principalId }: AccessKeyDetails) => ({
  roleName: userName,
  principalId,
})

// Without a name there is no target: `user/undefined` would be one.
function known(
  kind: 'role' | 'user',
  account: string | undefined,
  name: string | undefined,
  path: string,
): IamIdentity {
  if (!name) throw new BadEvent({ path, found: name, problem: 'names nobody' })
  const principal = `${kind}/${name}`
  return { name: principal, targets: [{ ...(account !== undefined && { account }), principal }] }
}

const nobody = ({ arn, invokedBy, principalId, type }: UserIdentity): IamIdentity => ({
  name: arn ?? invokedBy ?? principalId ?? type,
  targets: [],
})
