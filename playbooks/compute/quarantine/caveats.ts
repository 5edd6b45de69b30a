import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { Instance, NetworkAcl } from '@aws-sdk/client-ec2'
import { needOf, quota } from './acl-rules.ts'
import { vpcsOf } from './instance.ts'
import { canShrink } from './scaling.ts'
import type { State } from './state.ts'

// What a read saw that is words for the plan's reader and no state: its change later is nobody's drift.
const seen = new WeakMap<State, string[]>()

/** Keeps what there is to say about an instance beside the state that was read of it. */
export function remark(
  state: State,
  { instance, acls, groups }: { instance: Instance; acls: NetworkAcl[]; groups: AutoScalingGroup[] },
): State {
  const { NetworkInterfaces: nics = [], InstanceId = '' } = instance
  const full = acls.flatMap((acl) => {
    const need = needOf(instance, acl)
    if (need > quota.most)
      return `${acl.NetworkAclId} cannot hold the ${need} rules it would take, and is left as it is.`
    return need > quota.given
      ? `${acl.NetworkAclId} would hold ${need} rules: AWS refuses that until you raise the quota.`
      : []
  })
  seen.set(state, [
    ...(nics.some(({ Association, Ipv6Addresses }) => Association?.PublicIp || Ipv6Addresses?.length)
      ? [
          'It has a public address: connections that are open over the internet gateway cross no network ACL that ' +
            'could cut them, and live on until they are idle. Stop it, or take the address away, to end them.',
        ]
      : []),
    ...(nics.some(({ InterfaceType }) => InterfaceType === 'trunk')
      ? ['Branch interfaces of its containers keep their security groups.']
      : []),
    ...vpcsOf(instance)
      .filter((vpc) => acls.every(({ VpcId }) => VpcId !== vpc))
      .map((vpc) => `${vpc} belongs to another account: its network ACLs are left as they are.`),
    ...full,
    ...groups.map((group) =>
      canShrink(group, InstanceId)
        ? `${group.AutoScalingGroupName} has one instance less until the release.`
        : `${group.AutoScalingGroupName} is at its minimum and starts another instance instead; after the release it ` +
          'has one more than it had, or refuses it where that is over its maximum.',
    ),
  ])
  return state
}

/** What the containment cannot do and what it costs. Pure; what only the read saw is said of what was read alone. */
export const caveats = (state: State): string[] => [
  'Nobody gets in any more, you neither. DNS through the VPC resolver and the metadata service go on: nothing filters them.',
  'Connections that are open to peers in its own subnet cross no network ACL, and live on until they are idle.',
  ...(seen.get(state) ?? []),
  ...(state.profile === null
    ? []
    : [
        "Credentials of its role that it has fetched already work for up to six hours: revoke the role's sessions too.",
      ]),
  ...(state.termination === 'spot'
    ? [
        'It is a Spot Instance: AWS may take it at any time, and no protection holds it. Take the snapshots first.',
      ]
    : []),
]
