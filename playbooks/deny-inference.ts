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
import { partitionOf } from '../engine/place.ts'
import { playbook } from '../engine/playbook.ts'
import { principals, revocable } from './principals.ts'

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
  target: ['principal'],
  global: true,
  clients: { iam: IAMClient },
  reads: {
    'iam:GetRole': principals.slice(0, 1),
    'iam:GetUser': principals.slice(1),
    'iam:ListAttachedRolePolicies': principals.slice(0, 1),
    'iam:ListAttachedUserPolicies': principals.slice(1),
  },
  writes: {
    'iam:AttachRolePolicy': ours,
    'iam:AttachUserPolicy': ours,
    'iam:DetachRolePolicy': ours,
    'iam:DetachUserPolicy': ours,
  },
  gone: ['NoSuchEntityException', 'NoSuchEntity'],
  caveats: () => [
    'Every caller of this principal loses inference, not the attacker alone.',
    'IAM shows the denial to all services within seconds to a minute, not at once.',
  ],

  async read({ principal }, { iam }, { prefix, spare }): Promise<State> {
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
    spare({ tags: owner?.Tags })
    const names = attached.flatMap(({ AttachedPolicies }) => AttachedPolicies ?? []).map(({ PolicyName }) => PolicyName)
    return { inference: names.includes(`${prefix}-deny-inference`) ? 'denied' : 'allowed' }
  },

  contain: () => ({ inference: 'denied' }),

  async write({ account, region, principal }, { inference }, { iam }, { prefix }) {
    const [kind, name] = principal.split('/') as ['role' | 'user', string]
    const PolicyArn = `arn:${partitionOf(region)}:iam::${account}:policy/${prefix}-deny-inference`
    const role = { RoleName: name, PolicyArn }
    const user = { UserName: name, PolicyArn }
    if (inference === 'denied')
      await (kind === 'role'
        ? iam.send(new AttachRolePolicyCommand(role))
        : iam.send(new AttachUserPolicyCommand(user)))
    else
      await (kind === 'role'
        ? iam.send(new DetachRolePolicyCommand(role))
        : iam.send(new DetachUserPolicyCommand(user))
      ).catch((error) => {
        // Detached already: writing what is there changes nothing.
        if (error.name !== 'NoSuchEntityException') throw error
      })
  },
})
