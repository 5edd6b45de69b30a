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
import { NoRoom } from './inline.ts'
import { principals, revocable, roles, tagsAndNamesOf, users } from './principals.ts'

type State = { inference: 'allowed' | 'denied' }

const policy = 'arn:aws:iam::*:policy/portcullis-*-deny-inference'
const ours = { on: principals, when: { ArnLike: { 'iam:PolicyARN': policy } } }

/**
 * Denies a role or user every way to run a model, by attaching the stack's own managed policy: the grant to
 * attach one known policy is no way to become administrator, as the grant to write policies would be.
 */
export const denyInference = playbook({
  name: 'deny-inference',
  title: 'Deny a principal every model invocation',
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
    'iam:AttachRolePolicy': ours,
    'iam:AttachUserPolicy': ours,
    'iam:DetachRolePolicy': ours,
    'iam:DetachUserPolicy': ours,
  },
  gone: ['NoSuchEntityException', 'NoSuchEntity'],
  settles: 20,
  caveats: () => [
    'Everybody who uses this principal loses inference, not the attacker alone.',
    'Jobs and flows that are running go on, and so do callers who never show IAM credentials (OAuth tokens of an AgentCore runtime).',
    'Bedrock API keys of this principal stop as well; those of other principals do not.',
    'IAM shows it to all services within minutes, not at once.',
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
      // Detached already: writing what is there changes nothing.
      if (inference === 'allowed' && cause.name === 'NoSuchEntityException') return
      if (cause.name !== 'LimitExceededException') throw error
      const why = `${principal} has as many managed policies attached as its account allows.`
      throw new NoRoom(`${why} Detach one that is not needed, or raise the quota, then try again.`, { cause })
    }
  },
})

const arnOf = (account: string, region: string, prefix: string): string =>
  `arn:${partitionOf(region)}:iam::${account}:policy/${prefix}-deny-inference`
