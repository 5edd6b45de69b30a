import type { AnyPlaybook } from '../../../engine/playbook.ts'
import type { Statement } from '../../../engine/policy.ts'
import { inferencePolicy } from '../../../playbooks/identity/inference-actions.ts'
import {
  arn,
  type Denial,
  policyDocument,
  type Resource,
  type Resources,
  substituted,
  the,
} from '../template/template.ts'
import { denials } from './denials.ts'
import { grantsOf, isOwn, readsOf } from './grants.ts'
import { memberRole, role } from './role.ts'

/** IAM counts a managed policy's characters without white space. Source: IAM quotas. */
const largest = 6_144

/** What the playbooks may do in another account together; each session is narrowed to one of them. Pure. */
export const memberGrants = (playbooks: readonly AnyPlaybook[], prefix: string): Statement[] =>
  // What is the stack's own is at home.
  grantsOf(playbooks, prefix).filter((one) => !isOwn(one))

/** What nobody may do there through the role. Pure. */
export const memberDenials = (playbooks: readonly AnyPlaybook[], prefix: string): Denial[] =>
  denials(readsOf(playbooks), [
    arn('iam', `role/${memberRole}`),
    arn('iam', `policy/${memberRole}-*`),
    arn('iam', `policy/${prefix}-*`),
  ])

/** The policy that deny-inference attaches: in every account where it may have to. */
export const denyInferencePolicy = (prefix: string): Resources => ({
  DenyInference: managed(`${prefix}-deny-inference`, inferencePolicy(), {
    Description: 'Attached by Portcullis: denies every way to run a model',
  }),
})

/**
 * The CloudFormation template of an account that the stack protects but does not live in: what to attach, and a role
 * that the playbooks' roles and nobody else may take. IAM is global: once an account, in any one Region.
 *
 *     node infrastructure/stack/print-member.ts prod > member.json
 *     aws cloudformation create-stack-set --stack-set-name portcullis-member --template-body file://member.json \
 *       --parameters ParameterKey=Home,ParameterValue=<account of the stack> --capabilities CAPABILITY_NAMED_IAM \
 *       --permission-model SERVICE_MANAGED --auto-deployment Enabled=true,RetainStacksOnAccountRemoval=false
 *     aws cloudformation create-stack-instances --stack-set-name portcullis-member --regions us-east-1 \
 *       --deployment-targets OrganizationalUnitIds=<ou-…>
 */
export const memberTemplate = (playbooks: readonly AnyPlaybook[], prefix: string) => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Description: `What ${prefix} needs in an account it protects`,
  Parameters: {
    Home: { Type: 'String', AllowedPattern: '\\d{12}', Description: `The account in which ${prefix} lives` },
  },
  Resources: {
    ...denyInferencePolicy(prefix),
    Member: role(
      memberRole,
      trustHome(playbooks, prefix),
      policyDocument(...memberDenials(playbooks, prefix)),
    ),
    ...Object.fromEntries(
      pagesOf(memberGrants(playbooks, prefix)).map((page, index) => [
        `Grants${index + 1}`,
        managed(`${memberRole}-${index + 1}`, policyDocument(...page), { Roles: [{ Ref: 'Member' }] }),
      ]),
    ),
  },
})

const managed = (ManagedPolicyName: string, document: object, also: Resource['Properties']): Resource => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { ManagedPolicyName, PolicyDocument: substituted(document), ...also },
})

/** The statements in their order, as many to a policy as IAM takes. */
function pagesOf(statements: Statement[]): Statement[][] {
  const pages: Statement[][] = [[]]
  for (const one of statements) {
    const page = pages.at(-1) ?? []
    if (JSON.stringify(policyDocument(...page, one)).length > largest) pages.push([one])
    else page.push(one)
  }
  return pages
}

// Named by condition and not as principals: those are stored by their ids, and a role made anew would be a stranger.
function trustHome(playbooks: readonly AnyPlaybook[], prefix: string): object {
  const home = { account: the('Home') }
  const callers = playbooks.map(({ name }) => arn('iam', `role/${prefix}-${name}`, home))
  return policyDocument({
    Effect: 'Allow',
    Principal: { AWS: arn('iam', 'root', home) },
    Action: 'sts:AssumeRole',
    Condition: { ArnEquals: { 'aws:PrincipalArn': callers } },
  })
}
