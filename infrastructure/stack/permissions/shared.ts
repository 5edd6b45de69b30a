import type { Statement } from '../../../engine/policy.ts'
import {
  arn,
  type PolicyDocument,
  policyDocument,
  type Resources,
  substituted,
} from '../template/template.ts'
import { principalDenials } from './denials.ts'
import { keysLike } from './journal-access.ts'
import { stackManagedPolicy } from './role.ts'

/** Logical ids of the managed policies that roles share; nested stacks of roles depend on them. */
export const sharedPolicyIds = ['ProtectedPrincipalsPolicy', 'EveryPlaybookPolicy']

/** The name of the policy that every function's role has. */
export const protectedPrincipalsName = (prefix: string): string => `${prefix}-protected-principals`

/** The name of the policy that every playbook's function has. */
export const everyPlaybookName = (prefix: string): string => `${prefix}-every-playbook`

/**
 * What is the same for many roles, by the policies' names. A copy in each role would take up the quota of its inline
 * policies, the more the longer the exceptions list grows. Pure.
 */
export const sharedPolicies = (prefix: string): Record<string, PolicyDocument> => ({
  [protectedPrincipalsName(prefix)]: policyDocument<PolicyDocument['Statement'][number]>(
    ...principalDenials(),
  ),
  [everyPlaybookName(prefix)]: policyDocument(...everyPlaybook(prefix)),
})

export function sharedPolicyResources(prefix: string): Resources {
  const documents = Object.entries(sharedPolicies(prefix))
  return Object.fromEntries(
    documents.map(([name, document], index) => [
      sharedPolicyIds[index] ?? name,
      stackManagedPolicy(name, document),
    ]),
  )
}

/** The ARN of a managed policy of the stack, for a role to have it. */
export const managedPolicyArn = (name: string) => substituted(arn('iam', `policy/${name}`))

const everyPlaybook = (prefix: string): Statement[] => [
  {
    Sid: 'ReadPauses',
    Effect: 'Allow',
    Action: 'dynamodb:GetItem',
    Resource: arn('dynamodb', `table/${prefix}-journal`),
    Condition: keysLike('pause'),
  },
  {
    // A playbook may be granted to pass roles to other services: never the stack's own.
    Sid: 'DenyPassingStackRoles',
    Effect: 'Deny',
    Action: 'iam:PassRole',
    Resource: arn('iam', `role/${prefix}-*`),
    Condition: { StringNotEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
  },
]
