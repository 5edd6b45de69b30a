import type { Statement } from '../../../engine/policy.ts'
import { type PolicyDocument, policyDocument, type Resource, substituted } from '../template/template.ts'

/** The role by which the stack reaches another account. */
export const memberRole = 'portcullis-member'

/** IAM counts the characters of a role's own policies without white space. Source: IAM quotas. */
const largest = 10_240

/** A role with one policy of its own. Throws when IAM would refuse it by its size. */
export function role(RoleName: string, trusted: object, allowed: PolicyDocument): Resource {
  if (RoleName.length > 64) throw new Error(`${RoleName}: a role's name has 64 characters at most.`)
  const size = JSON.stringify(allowed).length
  if (size > largest) throw new Error(`${RoleName}: its policy has ${size} characters, IAM takes ${largest}.`)
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName,
      AssumeRolePolicyDocument: substituted(trusted),
      Policies: [{ PolicyName: 'portcullis', PolicyDocument: substituted(allowed) }],
    },
  }
}

/** Lets an AWS service take a role; with a condition, for whom alone. */
export const trust = (Service: string, Condition?: Statement['Condition']): object =>
  policyDocument({
    Effect: 'Allow',
    Principal: { Service },
    Action: 'sts:AssumeRole',
    ...(Condition && { Condition }),
  })
