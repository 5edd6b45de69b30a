/**
 * One direction of a network ACL for one address. `deny`: a rule denies it before every allow. A list: the numbers of
 * deny rules of others that come after an allow, kept so that a release does not take them for ours.
 */
export type AclEntryState = 'deny' | 'open' | number[]

/** Everything that connects an EC2 instance to the network and to the groups it serves. */
export type InstanceState = {
  /** Each interface: its VPC, and its security groups; `isolated` if it has only the empty isolation group. */
  interfaces: { [eni: string]: { vpc: string; groups: string[] | 'isolated' } }
  /** Each network ACL of those VPCs, for each address of the instance there. (The name sorts last in a plan.) */
  vpcAcls: { [acl: string]: { [cidr: string]: { ingress: AclEntryState; egress: AclEntryState } } }
  /** The Auto Scaling group in which it is in service or in standby, if there is one. */
  scaling: { [group: string]: 'inService' | 'standby' }
  /** The target groups in which it is registered, as `id:port`. */
  targets?: { [targetGroup: string]: { [target: string]: 'registered' } }
  /** Whether the API may terminate it. Spot Instances support neither this nor a shutdown behavior. */
  termination: 'allowed' | 'refused' | 'spot'
  /** What a shutdown from the operating system does: `terminate` would delete the evidence. */
  shutdown: 'stop' | 'terminate' | 'spot'
  /** The ARN of its instance profile. */
  profile: string | null
  /** Read but never written. A stop since then is drift: back in its Auto Scaling group, it would be replaced. */
  power: 'running' | 'stopped'
}

/** The state of the instance once it is contained. Pure; a contained state is returned unchanged. */
export function contained({ targets: _, ...state }: InstanceState): InstanceState {
  return {
    ...state,
    interfaces: mapEach(state.interfaces, ({ vpc }) => ({ vpc, groups: 'isolated' })),
    vpcAcls: mapEach(state.vpcAcls, (cidrs) => mapEach(cidrs, () => ({ ingress: 'deny', egress: 'deny' }))),
    scaling: mapEach(state.scaling, () => 'standby'),
    termination: state.termination === 'spot' ? 'spot' : 'refused',
    shutdown: state.shutdown === 'spot' ? 'spot' : 'stop',
    profile: null,
  }
}

/** An object with every value changed. Pure. */
export const mapEach = <A, B>(all: { [key: string]: A }, change: (one: A) => B): { [key: string]: B } =>
  Object.fromEntries(Object.entries(all).map(([key, one]) => [key, change(one)]))
