/**
 * One direction of a network ACL for one address: `deny` is before every allow; a list holds the rule numbers of
 * somebody's denies that come too late to cut it, so that a release knows that they are not ours.
 */
export type Way = 'deny' | 'open' | number[]

/** Everything that holds an EC2 instance to the network and to the group it works in. */
export type State = {
  /** Each interface: its VPC, and its security groups or that it has the empty isolation group and no other. */
  interfaces: { [eni: string]: { vpc: string; groups: string[] | 'isolated' } }
  /** Each network ACL of those VPCs, for each address of the instance there. (So called to come last in a plan.) */
  vpcAcls: { [acl: string]: { [cidr: string]: { ingress: Way; egress: Way } } }
  /** Its Auto Scaling group, if it has one and serves in it. */
  scaling: { [group: string]: 'inService' | 'standby' }
  /** Where it is registered, as `id:port`; what it is not registered in is not here. */
  targets?: { [targetGroup: string]: { [target: string]: 'registered' } }
  /** Whether the API may terminate it. Spot Instances take neither this nor a shutdown behaviour. */
  termination: 'allowed' | 'refused' | 'spot'
  /** What a shutdown from inside does: `terminate` would take the evidence with it. */
  shutdown: 'stop' | 'terminate' | 'spot'
  /** The ARN of its instance profile. */
  profile: string | null
  /** Not ours to change. Whoever stops it meanwhile keeps evidence: a group would replace it if we gave it back. */
  power: 'running' | 'stopped'
}

/** The instance cut off. Pure; a state that it leaves as it is, is a containment. */
export function contained({ targets: _, ...state }: State): State {
  return {
    ...state,
    interfaces: each(state.interfaces, ({ vpc }) => ({ vpc, groups: 'isolated' })),
    vpcAcls: each(state.vpcAcls, (cidrs) => each(cidrs, () => ({ ingress: 'deny', egress: 'deny' }))),
    scaling: each(state.scaling, () => 'standby'),
    termination: state.termination === 'spot' ? 'spot' : 'refused',
    shutdown: state.shutdown === 'spot' ? 'spot' : 'stop',
    profile: null,
  }
}

const each = <A, B>(all: { [key: string]: A }, change: (one: A) => B): { [key: string]: B } =>
  Object.fromEntries(Object.entries(all).map(([key, one]) => [key, change(one)]))
