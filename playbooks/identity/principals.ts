import { Guarded } from '../../engine/errors.ts'
import type { Reading, TargetTags } from '../../engine/playbook.ts'

export const roles: string[] = ['arn:aws:iam::*:role/*']
export const users: string[] = ['arn:aws:iam::*:user/*']

/** Where a grant over roles and users lands: first the roles, then the users. */
export const principals: string[] = [...roles, ...users]

interface Principal {
  Path?: string | undefined
  RoleName?: string | undefined
  UserName?: string | undefined
  Tags?: Extract<TargetTags, readonly unknown[]> | undefined
}

/**
 * The role, if IAM lets its policies be changed here. Throws `Guarded` for service-linked roles and those of
 * IAM Identity Center. Source: IAM User Guide, "Revoke IAM role temporary security credentials".
 */
export function revocable<R extends Principal>(role: R | undefined): R | undefined {
  const path = role?.Path ?? '/'
  if (path.startsWith('/aws-service-role/'))
    throw new Guarded(
      'service-linked',
      `${role?.RoleName} is service-linked: only its service can change it.`,
    )
  if (path.startsWith('/aws-reserved/'))
    throw new Guarded(
      'identity-center',
      `${role?.RoleName} belongs to IAM Identity Center: revoke its session there.`,
    )
  return role
}

/** The tags and names by which a role or user may be protected or excepted: by its name, and by its path. */
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
