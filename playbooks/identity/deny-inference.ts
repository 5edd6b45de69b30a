import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  IAMClient,
  paginateListAttachedRolePolicies,
  paginateListAttachedUserPolicies,
} from '@aws-sdk/client-iam'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { partitionOf } from '../../lib/partition.ts'
import { PolicyQuotaError } from './inline.ts'
import { iamPropagation, principals, revocable, roles, tagsAndNamesOf, users } from './principals.ts'

type State = { inference: 'allowed' | 'denied' }

const policyArn = 'arn:aws:iam::*:policy/portcullis-*-deny-inference'
const ownPolicy = { on: principals, when: { ArnLike: { 'iam:PolicyARN': policyArn } } }

/**
 * Denies a role or user every way to run a model by attaching a managed policy of the stack. Permission to attach one
 * known policy does not allow privilege escalation, as permission to write policies would.
 */
export const denyInference = playbook({
  name: 'deny-inference',
  title: 'Deny a principal all model invocations',
  copy: {
    action: 'stop {target} from running models',
    contained: '{target} can no longer run models',
    released: '{target} can run models again',
    failed: '{target} may still run models',
  },
  target: ['principal'],
  global: true,
  clients: { iam: IAMClient },
  reads: {
    'iam:GetRole': roles,
    'iam:GetUser': users,
    'iam:ListAttachedRolePolicies': roles,
    'iam:ListAttachedUserPolicies': users,
  },
  writes: {
    'iam:AttachRolePolicy': ownPolicy,
    'iam:AttachUserPolicy': ownPolicy,
    'iam:DetachRolePolicy': ownPolicy,
    'iam:DetachUserPolicy': ownPolicy,
  },
  gone: ['NoSuchEntityException', 'NoSuchEntity'],
  settles: 20,
  caveats: () => [
    'Every user of this principal loses model access, not only the attacker.',
    'Running jobs and flows continue, and so do callers that do not use IAM credentials (OAuth tokens of an AgentCore runtime).',
    'Bedrock API keys of this principal stop working too; those of other principals do not.',
    iamPropagation,
  ],

  async read({ account, region, principal }, { iam }, { prefix }): Promise<Reading<State>> {
    const [kind, name] = principal.split('/') as ['role' | 'user', string]
    const [owner, attached] = await Promise.all([
      kind === 'role'
        ? iam.send(new GetRoleCommand({ RoleName: name })).then(({ Role }) => revocable(Role))
        : iam.send(new GetUserCommand({ UserName: name })).then(({ User }) => User),
      Array.fromAsync(
        kind === 'role'
          ? paginateListAttachedRolePolicies({ client: iam }, { RoleName: name })
          : paginateListAttachedUserPolicies({ client: iam }, { UserName: name }),
      ),
    ])
    const arns = attached
      .flatMap(({ AttachedPolicies }) => AttachedPolicies ?? [])
      .map(({ PolicyArn }) => PolicyArn)
    const inference = arns.includes(arnOf(account, region, prefix)) ? 'denied' : 'allowed'
    return { ...tagsAndNamesOf(owner), state: { inference } }
  },

  contain: () => ({ inference: 'denied' }),

  async write({ account, region, principal }, { inference }, { iam }, { prefix }) {
    const [kind, name] = principal.split('/') as ['role' | 'user', string]
    const PolicyArn = arnOf(account, region, prefix)
    const role = { RoleName: name, PolicyArn }
    const user = { UserName: name, PolicyArn }
    try {
      if (kind === 'role')
        await iam.send(new (inference === 'denied' ? AttachRolePolicyCommand : DetachRolePolicyCommand)(role))
      else
        await iam.send(new (inference === 'denied' ? AttachUserPolicyCommand : DetachUserPolicyCommand)(user))
    } catch (error) {
      const cause = error as Error
      // Already detached.
      if (inference === 'allowed' && cause.name === 'NoSuchEntityException') return
      if (cause.name !== 'LimitExceededException') throw error
      const why = `${principal} has the maximum number of managed policies attached.`
      throw new PolicyQuotaError(`${why} Detach one that is not needed or raise the quota, then retry.`, {
        cause,
      })
    }
  },
})

const arnOf = (account: string, region: string, prefix: string): string =>
  `arn:${partitionOf(region)}:iam::${account}:policy/${prefix}-deny-inference`
