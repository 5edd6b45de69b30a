import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  paginateDescribeTargetGroups,
  RegisterTargetsCommand,
  type TargetDescription,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { State } from './state.ts'
import { every, unless } from './together.ts'

type Targets = NonNullable<State['targets']>

/** Every target group of the account here; a load balancer cannot be asked for a target. */
export async function findTargetGroups(elb: ElasticLoadBalancingV2Client): Promise<TargetGroup[]> {
  const pages = await Array.fromAsync(paginateDescribeTargetGroups({ client: elb }, {}))
  return pages.flatMap(({ TargetGroups }) => TargetGroups ?? [])
}

/** Where these ids (the instance's, its addresses) are registered. What drains is on its way out: not there. */
export async function findTargets(
  elb: ElasticLoadBalancingV2Client,
  groups: TargetGroup[],
  { vpcs, ids }: { vpcs: string[]; ids: string[] },
): Promise<Targets> {
  const near = groups.filter(
    ({ TargetType, VpcId = '' }) =>
      (TargetType === 'instance' || TargetType === 'ip') && vpcs.includes(VpcId),
  )
  const found = await every(
    near.map(
      ({ TargetGroupArn = '' }) =>
        () =>
          members(TargetGroupArn),
    ),
  )
  return Object.fromEntries(found.filter(([, targets]) => Object.keys(targets).length > 0))

  async function members(TargetGroupArn: string): Promise<[string, Targets[string]]> {
    const ask = elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }))
    const health = await ask.catch(unless('TargetGroupNotFoundException', 'TargetGroupNotFound'))
    const ours = (health?.TargetHealthDescriptions ?? []).flatMap(({ Target, TargetHealth }) => {
      const left = TargetHealth?.State === 'draining' || TargetHealth?.Reason === 'Target.NotRegistered'
      return Target?.Id && ids.includes(Target.Id) && !left
        ? [[`${Target.Id}:${Target.Port}`, 'registered'] as const]
        : []
    })
    return [TargetGroupArn, Object.fromEntries(ours.sort())]
  }
}

/** Registers what is wanted. With `only`, takes the ids out of everything else they are registered in. */
export async function writeTargets(
  elb: ElasticLoadBalancingV2Client,
  wanted: Targets,
  only?: { vpcs: string[]; ids: string[] },
): Promise<void> {
  const present = only ? await findTargets(elb, await findTargetGroups(elb), only) : {}
  const surplus = Object.entries(present).map(([arn, targets]): [string, string[]] => {
    return [arn, Object.keys(targets).filter((target) => !wanted[arn]?.[target])]
  })
  await every([
    ...Object.entries(wanted).map(([TargetGroupArn, targets]) => async () => {
      const Targets = Object.keys(targets).map(targetOf)
      await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }))
    }),
    ...surplus.map(([TargetGroupArn, targets]) => async () => {
      if (targets.length === 0) return
      const leave = new DeregisterTargetsCommand({ TargetGroupArn, Targets: targets.map(targetOf) })
      // Auto Scaling takes an instance in standby out of its own target groups: then it is out already.
      await elb.send(leave).catch(unless('InvalidTargetException', 'InvalidTarget'))
    }),
  ])
}

// The address of an IPv6 target has colons too: the port is behind the last.
function targetOf(key: string): TargetDescription {
  const end = key.lastIndexOf(':')
  return { Id: key.slice(0, end), Port: Number(key.slice(end + 1)) }
}
