import {
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  type IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { canonical } from '../../lib/canonical.ts'

/** The role or user that an inline policy belongs to. */
export type PolicyOwner = { RoleName: string } | { UserName: string }

/** The quota for the policies of a role or user is used up. */
export class PolicyQuotaError extends Error {
  override name = 'PolicyQuotaError'
}

/**
 * An inline policy as canonical JSON (IAM returns it URL-encoded, with its author's spacing), or null if it does not
 * exist. Also null if its owner does not exist: the error of IAM is the same.
 */
export async function inlineOf(
  iam: IAMClient,
  owner: PolicyOwner,
  PolicyName: string,
): Promise<string | null> {
  try {
    const { PolicyDocument = 'null' } =
      'RoleName' in owner
        ? await iam.send(new GetRolePolicyCommand({ ...owner, PolicyName }))
        : await iam.send(new GetUserPolicyCommand({ ...owner, PolicyName }))
    return canonical(JSON.parse(decodeURIComponent(PolicyDocument)))
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/**
 * Puts an inline policy, or deletes it if the text is null. Throws `PolicyQuotaError` with advice when the quota is
 * reached. Source: IAM and AWS STS quotas (role 10,240 and user 2,048 characters without white space).
 */
export async function putInline(
  iam: IAMClient,
  owner: PolicyOwner,
  PolicyName: string,
  text: string | null,
): Promise<void> {
  try {
    if (text === null) await remove(iam, owner, PolicyName)
    else if ('RoleName' in owner)
      await iam.send(new PutRolePolicyCommand({ ...owner, PolicyName, PolicyDocument: text }))
    else await iam.send(new PutUserPolicyCommand({ ...owner, PolicyName, PolicyDocument: text }))
  } catch (error) {
    if ((error as Error).name !== 'LimitExceededException') throw error
    const [who, maxCharacters] =
      'RoleName' in owner ? [`role/${owner.RoleName}`, '10,240'] : [`user/${owner.UserName}`, '2,048']
    const why = `${who} has too little space for ${PolicyName}: its inline policies may have ${maxCharacters} characters in total.`
    throw new PolicyQuotaError(`${why} Convert one of them to a managed policy or delete it, then retry.`, {
      cause: error,
    })
  }
}

async function remove(iam: IAMClient, owner: PolicyOwner, PolicyName: string): Promise<void> {
  try {
    if ('RoleName' in owner) await iam.send(new DeleteRolePolicyCommand({ ...owner, PolicyName }))
    else await iam.send(new DeleteUserPolicyCommand({ ...owner, PolicyName }))
  } catch (error) {
    // Already deleted.
    if (!isMissing(error)) throw error
  }
}

const isMissing = (error: unknown): boolean => (error as Error).name === 'NoSuchEntityException'
