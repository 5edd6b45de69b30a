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

/** Whose inline policy it is. */
export type Owner = { RoleName: string } | { UserName: string }

/** A role's or user's inline policies are full: AWS would take no further one. */
export class NoRoom extends Error {
  override name = 'NoRoom'
}

/**
 * An inline policy as canonical text (IAM gives it URL-encoded, in its author's spacing), or null if there is
 * none of that name. Whether its owner exists is for others to find out: IAM's error does not tell them apart.
 */
export async function inlineOf(iam: IAMClient, owner: Owner, PolicyName: string): Promise<string | null> {
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
 * Makes an inline policy so; null takes it away. Throws `NoRoom`, in words for people, where AWS's own limit is
 * reached. Source: IAM and AWS STS quotas (role 10,240 and user 2,048 characters, white space not counted).
 */
export async function putInline(
  iam: IAMClient,
  owner: Owner,
  PolicyName: string,
  text: string | null,
): Promise<void> {
  try {
    if (text === null) await drop(iam, owner, PolicyName)
    else if ('RoleName' in owner)
      await iam.send(new PutRolePolicyCommand({ ...owner, PolicyName, PolicyDocument: text }))
    else await iam.send(new PutUserPolicyCommand({ ...owner, PolicyName, PolicyDocument: text }))
  } catch (error) {
    if ((error as Error).name !== 'LimitExceededException') throw error
    const [who, most] =
      'RoleName' in owner ? [`role/${owner.RoleName}`, '10,240'] : [`user/${owner.UserName}`, '2,048']
    const why = `${who} has no room for ${PolicyName}: its inline policies may hold ${most} characters in all.`
    throw new NoRoom(`${why} Turn one of them into a managed policy, or remove it, then try again.`, {
      cause: error,
    })
  }
}

async function drop(iam: IAMClient, owner: Owner, PolicyName: string): Promise<void> {
  try {
    if ('RoleName' in owner) await iam.send(new DeleteRolePolicyCommand({ ...owner, PolicyName }))
    else await iam.send(new DeleteUserPolicyCommand({ ...owner, PolicyName }))
  } catch (error) {
    // Gone already: writing what is there changes nothing.
    if (!isMissing(error)) throw error
  }
}

const isMissing = (error: unknown): boolean => (error as Error).name === 'NoSuchEntityException'
