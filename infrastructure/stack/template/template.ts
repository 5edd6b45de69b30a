import type { Statement } from '../../../engine/policy.ts'

/** A value of a template: plain, or an intrinsic function over others. */
export type TemplateValue = string | number | boolean | TemplateValue[] | { [key: string]: TemplateValue }

export interface Resource {
  Type: string
  Properties: Record<string, TemplateValue>
  DependsOn?: string[]
  DeletionPolicy?: 'Retain'
  UpdateReplacePolicy?: 'Retain'
}
export type Resources = Record<string, Resource>

/** A statement that denies every action but these. */
export interface Denial {
  Sid: string
  Effect: 'Deny'
  NotAction: string[]
  Resource: string | string[]
  Condition?: Statement['Condition']
}
export interface PolicyDocument {
  Version: '2012-10-17'
  Statement: (Statement | Denial)[]
}

/** A policy document of these statements. */
export const policyDocument = <S>(...Statement: S[]) => ({ Version: '2012-10-17' as const, Statement })

/** A parameter, a resource or its attribute in a text: `the('Journal.Arn')` is `${Journal.Arn}`. */
export const the = (name: string): string => `\${${name}}`

/** An ARN in the stack's own partition, Region and account, or in those given. IAM's and S3's have no Region. */
export function arn(
  service: string,
  resource: string,
  { region = the('AWS::Region'), account = the('AWS::AccountId') } = {},
): string {
  const place = service === 's3' ? ':' : `${service === 'iam' ? '' : region}:${account}`
  return `arn:${the('AWS::Partition')}:${service}:${place}:${resource}`
}

/**
 * The same value with `Fn::Sub` for every text that names a parameter or a resource (`${AWS::Region}`,
 * `${Journal.Arn}`). IAM's own variables begin with a lower-case letter (`${aws:userid}`) and stay as they are.
 */
export function substituted(value: unknown): TemplateValue {
  if (typeof value === 'string')
    return /\$\{[A-Z]/.test(value) ? { 'Fn::Sub': value.replace(/\$\{(?=[a-z])/g, '${!') } : value
  if (Array.isArray(value)) return value.map(substituted)
  if (typeof value !== 'object' || value === null) return value as TemplateValue
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substituted(inner)]))
}

/** A logical id: `quarantine-instance`, `Role` → `QuarantineInstanceRole`. */
export const logicalId = (name: string, kind: string): string =>
  name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()) + kind

export const arnOf = (id: string): TemplateValue => ({ 'Fn::GetAtt': [id, 'Arn'] })
