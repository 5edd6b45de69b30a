import type { AnyPlaybook } from '../../../engine/playbook.ts'
import type { Statement } from '../../../engine/policy.ts'
import { functionRoleName, serviceNames } from '../../../engine/role-names.ts'
import { inferencePolicy } from '../../../playbooks/identity/inference-actions.ts'
import { arn, type Denial, policyDocument, type Resources, the } from '../template/template.ts'
import { principalDenials, readPatterns, resourceDenials } from './denials.ts'
import { grantsOf, isOwn, readsOf } from './grants.ts'
import { maxManagedSize, memberRole, role, stackManagedPolicy } from './role.ts'
import { policySize } from './size.ts'

/** Source: IAM quotas: managed policies attached to a role. */
export const maxManagedPolicies = 10

/** What the playbooks may do in another account together; each session is restricted to one playbook's actions. Pure. */
export const memberGrants = (playbooks: readonly AnyPlaybook[], prefix: string): Statement[] =>
  // The stack's own resources are in its own account.
  grantsOf(playbooks, prefix).filter((one) => !isOwn(one))

/** What the role may not do there, whatever is granted to it. Pure. */
export const memberDenials = (playbooks: readonly AnyPlaybook[], prefix: string): Denial[] => [
  ...resourceDenials(readPatterns(readsOf(playbooks)), [
    arn('iam', `role/${memberRole}`),
    arn('iam', `policy/${memberRole}-*`),
    arn('iam', `policy/${prefix}-*`),
  ]),
  ...principalDenials(),
]

/** The policy that deny-inference attaches: it must exist in every account in which it may be attached. */
export const denyInferencePolicy = (prefix: string): Resources => ({
  DenyInference: stackManagedPolicy(`${prefix}-deny-inference`, inferencePolicy(), {
    Description: 'Attached by Portcullis: denies every way to invoke a model',
  }),
})

/**
 * The CloudFormation template of an account that the stack protects but is not deployed in: the policy to attach, and
 * a role that only the playbooks' roles may assume. IAM is global: deploy it once an account, in one Region.
 *
 *     node infrastructure/stack/print-member.ts prod > member.json
 *     aws cloudformation create-stack-set --stack-set-name portcullis-member --template-body file://member.json \
 *       --parameters ParameterKey=Home,ParameterValue=<account of the stack> --capabilities CAPABILITY_NAMED_IAM \
 *       --permission-model SERVICE_MANAGED --auto-deployment Enabled=true,RetainStacksOnAccountRemoval=false
 *     aws cloudformation create-stack-instances --stack-set-name portcullis-member --regions us-east-1 \
 *       --deployment-targets OrganizationalUnitIds=<ou-…>
 *
 * Throws when the grants need more managed policies than a role may have.
 */
export function memberTemplate(playbooks: readonly AnyPlaybook[], prefix: string) {
  const pages = pagesOf(memberGrants(playbooks, prefix))
  if (pages.length > maxManagedPolicies)
    throw new Error(
      `${memberRole}: the grants of ${playbooks.length} playbooks need ${pages.length} managed policies; a role may have ${maxManagedPolicies}. Split the role.`,
    )
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `What ${prefix} needs in an account that it protects`,
    Parameters: {
      Home: { Type: 'String', AllowedPattern: '\\d{12}', Description: `The account of ${prefix}` },
    },
    Resources: {
      ...denyInferencePolicy(prefix),
      Member: role(memberRole, trustHome(prefix), policyDocument(...memberDenials(playbooks, prefix))),
      ...Object.fromEntries(
        pages.map((page, index) => [
          `Grants${index + 1}`,
          stackManagedPolicy(`${memberRole}-${index + 1}`, policyDocument(...page), {
            Roles: [{ Ref: 'Member' }],
          }),
        ]),
      ),
    },
  }
}

/** Characters of one policy of the role: a part of what IAM accepts, so that a later version has room in each. */
const maxPageSize = Math.floor(maxManagedSize * 0.6)

/** The statements in their order, as many to a policy as it has room for. */
function pagesOf(statements: Statement[]): Statement[][] {
  const pages: Statement[][] = [[]]
  for (const one of statements.flatMap(halvedToFit)) {
    const page = pages.at(-1) ?? []
    if (policySize(policyDocument(...page, one)) > maxPageSize) pages.push([one])
    else page.push(one)
  }
  return pages
}

/** The statement, or two with half of its actions each, until each fits a policy. */
function halvedToFit(one: Statement): Statement[] {
  const actions = [one.Action].flat()
  if (actions.length < 2 || policySize(policyDocument(one)) <= maxPageSize) return [one]
  const half = Math.ceil(actions.length / 2)
  return [actions.slice(0, half), actions.slice(half)].flatMap((Action) => halvedToFit({ ...one, Action }))
}

/**
 * The functions' roles by the form of their names, without those of the functions that serve: a trust policy has
 * 2,048 characters, too few for a list of all playbooks. By a condition and not as principals, because IAM stores a
 * principal by its id, and a role that was created again would not be it. Those roles must be allowed to assume this
 * one by their own policies as well.
 */
function trustHome(prefix: string): object {
  const home = { account: the('Home') }
  const caller = (name: string) => arn('iam', `role/${functionRoleName(prefix, name)}`, home)
  return policyDocument({
    Effect: 'Allow',
    Principal: { AWS: arn('iam', 'root', home) },
    Action: 'sts:AssumeRole',
    Condition: {
      ArnLike: { 'aws:PrincipalArn': caller('*') },
      ArnNotEquals: { 'aws:PrincipalArn': serviceNames.map(caller) },
    },
  })
}
