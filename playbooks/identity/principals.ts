import { Guarded } from '../../engine/errors.ts'
import type { Reading, TargetTags } from '../../engine/playbook.ts'

export const roles: string[] = ['arn:aws:iam::*:role/*']
export const users: string[] = ['arn:aws:iam::*:user/*']

/** The resources of a grant on roles and users. */
export const principals: string[] = [...roles, ...users]

/** The caveat of every playbook that changes IAM. Source: IAM User Guide, "Changes that I make are not always immediately visible". */
export const iamPropagation = 'The change takes effect in all AWS services within minutes, not immediately.'

interface Principal {
  Path?: string | undefined
  RoleName?: string | undefined
  UserName?: string | undefined
  Tags?: Extract<TargetTags, readonly unknown[]> | undefined
}

/**
 * Returns the role if its policies can be changed in IAM. Throws `Guarded` for service-linked roles and for roles of
 * IAM Identity Center. Source: IAM User Guide, "Revoke IAM role temporary security credentials".
 */
export function revocable<R extends Principal>(role: R | undefined): R | undefined {
  const path = role?.Path ?? '/'
  if (path.startsWith('/aws-service-role/'))
    throw new Guarded(
      'service-linked',
      `${role?.RoleName} is a service-linked role: only its service can change it.`,
    )
  if (path.startsWith('/aws-reserved/'))
    throw new Guarded(
      'identity-center',
      `${role?.RoleName} belongs to IAM Identity Center: revoke its sessions there.`,
    )
  return role
}

/** The tags of a role or user, and the names under which it may be excepted: with and without its path. */
export function tagsAndNamesOf({
  Path = '/',
  RoleName,
  UserName,
  Tags = [],
}: Principal = {}): Pick<Reading, 'tags' | 'names'> {
  const kind = RoleName === undefined ? 'user' : 'role'
  const name = RoleName ?? UserName ?? ''
  return { tags: Tags, names: [`${kind}/${name}`, `${kind}${Path}${name}`] }
}
