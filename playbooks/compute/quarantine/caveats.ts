import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling'
import type { Instance, NetworkAcl } from '@aws-sdk/client-ec2'
import { aclRuleQuota, rulesNeeded } from './acl-rules.ts'
import { vpcsOf } from './instance.ts'
import { canShrink } from './scaling.ts'
import type { InstanceState } from './state.ts'

/** What the read saw of an instance that is not part of its state. */
interface Observed {
  instance: Instance
  acls: NetworkAcl[]
  groups: AutoScalingGroup[]
}

// Kept beside the state and not in it, since a later change of these facts is not drift.
const observedCaveats = new WeakMap<InstanceState, string[]>()

/** Returns the state, and keeps for `caveats` what the read saw besides. */
export function withObserved(state: InstanceState, observed: Observed): InstanceState {
  observedCaveats.set(state, caveatsFrom(observed))
  return state
}

/** What the containment cannot do and what it costs. Pure; facts besides the state are known only right after a read. */
export const caveats = (state: InstanceState): string[] => [
  'All connections are blocked, including yours. DNS through the VPC resolver and the instance metadata service still work: no filter applies to them.',
  'Open connections to hosts in its own subnet do not cross a network ACL and continue until they are idle.',
  ...(observedCaveats.get(state) ?? []),
  ...(state.profile === null
    ? []
    : [
        'Credentials of its role that the instance has already fetched work for up to six hours: also revoke the sessions of the role.',
      ]),
  ...(state.termination === 'spot'
    ? [
        'It is a Spot Instance: AWS can interrupt it at any time, and termination protection is not available. Take the snapshots first.',
      ]
    : []),
]

const caveatsFrom = ({ instance, acls, groups }: Observed): string[] => [
  ...interfaceCaveats(instance),
  ...vpcsOf(instance)
    .filter((vpc) => acls.every(({ VpcId }) => VpcId !== vpc))
    .map((vpc) => `${vpc} belongs to another account: its network ACLs are not changed.`),
  ...acls.flatMap((acl) => quotaCaveats(instance, acl)),
  ...groups.map((group) => groupCaveat(group, instance.InstanceId ?? '')),
]

function interfaceCaveats({ NetworkInterfaces: nics = [] }: Instance): string[] {
  const isPublic = nics.some(
    ({ Association, Ipv6Addresses }) => Association?.PublicIp || Ipv6Addresses?.length,
  )
  const isTrunk = nics.some(({ InterfaceType }) => InterfaceType === 'trunk')
  return [
    ...(isPublic
      ? [
          'It has a public address: open connections through the internet gateway do not cross a network ACL that ' +
            'could block them, and continue until they are idle. To end them, stop the instance or release the address.',
        ]
      : []),
    ...(isTrunk ? ['Branch interfaces of its containers keep their security groups.'] : []),
  ]
}

function quotaCaveats(instance: Instance, acl: NetworkAcl): string[] {
  const needed = rulesNeeded(instance, acl)
  if (needed > aclRuleQuota.maximum)
    return [
      `${acl.NetworkAclId} would need ${needed} rules, more than a network ACL can have, and is not changed.`,
    ]
  return needed > aclRuleQuota.initial
    ? [`${acl.NetworkAclId} would have ${needed} rules: AWS refuses that until you raise the quota.`]
    : []
}

const groupCaveat = (group: AutoScalingGroup, instanceId: string): string =>
  canShrink(group, instanceId)
    ? `${group.AutoScalingGroupName} has one instance less until the release.`
    : `${group.AutoScalingGroupName} is at its minimum size and launches a replacement. The release returns the instance ` +
      'as one more, and fails if that exceeds the maximum size of the group.'
