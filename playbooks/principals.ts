import { Guarded } from '../engine/errors.ts'

/** Where a grant over roles and users lands: first the roles, then the users. */
export const principals: string[] = ['arn:aws:iam::*:role/*', 'arn:aws:iam::*:user/*']

/**
 * The role, if IAM lets its policies be changed here. Throws `Guarded` for service-linked roles and those of
 * IAM Identity Center. Source: IAM User Guide, "Revoke IAM role temporary security credentials".
 */
export function revocable<R extends { Path?: string | undefined; RoleName?: string | undefined }>(role: R | undefined) {
  const path = role?.Path ?? '/'
  if (path.startsWith('/aws-service-role/'))
    throw new Guarded('service-linked', `${role?.RoleName} is service-linked: only its service can change it.`)
  if (path.startsWith('/aws-reserved/'))
    throw new Guarded('identity-center', `${role?.RoleName} belongs to IAM Identity Center: revoke its session there.`)
  return role
}
