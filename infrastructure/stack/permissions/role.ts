import type { Statement } from '../../../engine/policy.ts'
import {
  type PolicyDocument,
  policyDocument,
  type Resource,
  substituted,
  type TemplateValue,
} from '../template/template.ts'
import { policySize } from './size.ts'

/** The role by which the stack reaches another account. */
export const memberRole = 'portcullis-member'

/** Source: IAM quotas: characters of a role's inline policies in all, of a managed policy, and of a role's name. */
export const maxInlineSize = 10_240
export const maxManagedSize = 6_144
const maxNameLength = 64

/** A role with one inline policy. Throws when IAM would refuse it by its size or its name. */
export function role(
  RoleName: string,
  trusted: object,
  allowed: PolicyDocument,
  managed: TemplateValue[] = [],
): Resource {
  if (RoleName.length > maxNameLength)
    throw new Error(`${RoleName}: a role's name has at most ${maxNameLength} characters.`)
  const size = policySize(allowed)
  if (size > maxInlineSize)
    throw new Error(`${RoleName}: its policy has ${size} characters; IAM accepts ${maxInlineSize}.`)
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName,
      AssumeRolePolicyDocument: substituted(trusted),
      Policies: [{ PolicyName: 'portcullis', PolicyDocument: substituted(allowed) }],
      ...(managed.length > 0 && { ManagedPolicyArns: managed }),
    },
  }
}

/** A managed policy of the stack. Throws when IAM would refuse it by its size. */
export function stackManagedPolicy(
  ManagedPolicyName: string,
  document: object,
  more: Resource['Properties'] = {},
): Resource {
  const size = policySize(document)
  if (size > maxManagedSize)
    throw new Error(`${ManagedPolicyName}: it has ${size} characters; IAM accepts ${maxManagedSize}.`)
  return {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { ManagedPolicyName, PolicyDocument: substituted(document), ...more },
  }
}

/** Lets an AWS service assume a role; with a condition, only for what it names. */
export const trust = (Service: string, Condition?: Statement['Condition']): object =>
  policyDocument({
    Effect: 'Allow',
    Principal: { Service },
    Action: 'sts:AssumeRole',
    ...(Condition && { Condition }),
  })
