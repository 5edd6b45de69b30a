import { BadEvent } from '../engine/errors.ts'
import type { UserIdentity } from './events/cloudtrail.ts'

/**
 * The role or user behind a call, in the account it belongs to. Nobody for root, services and federated users:
 * no IAM policy in this account reaches them.
 */
export function principalOf(identity: UserIdentity): { account: string; principal: string }[] {
  switch (identity.type) {
    case 'IAMUser':
      return [{ account: identity.accountId, principal: `user/${identity.userName}` }]
    case 'AssumedRole': {
      const { accountId, userName } = identity.sessionContext.sessionIssuer
      return [{ account: accountId, principal: `role/${userName}` }]
    }
    case 'Root':
    case 'FederatedUser':
    case 'AWSService':
    case 'AWSAccount':
    case 'IdentityCenterUser':
    case 'Unknown':
      return []
    default:
      throw new BadEvent({ path: 'detail.userIdentity.type', found: identity.type, problem: 'is no kind of identity' })
  }
}
