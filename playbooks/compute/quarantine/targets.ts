import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  paginateDescribeTargetGroups,
  RegisterTargetsCommand,
  type TargetDescription,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { settleAll } from './concurrency.ts'
import { ignoreErrors } from './expected-errors.ts'
import type { InstanceState } from './state.ts'

type Targets = NonNullable<InstanceState['targets']>

/** Every target group of the account in the Region: ELB cannot look up the groups of a target. */
export async function findTargetGroups(elb: ElasticLoadBalancingV2Client): Promise<TargetGroup[]> {
  const pages = await Array.fromAsync(paginateDescribeTargetGroups({ client: elb }, {}))
  return pages.flatMap(({ TargetGroups }) => TargetGroups ?? [])
}

/** The target groups in which these ids are registered. A draining target is being deregistered and is left out. */
export async function findTargets(
  elb: ElasticLoadBalancingV2Client,
  groups: TargetGroup[],
  { vpcs, ids }: { vpcs: string[]; ids: string[] },
): Promise<Targets> {
  const possible = groups.filter(
    ({ TargetType, VpcId = '' }) =>
      (TargetType === 'instance' || TargetType === 'ip') && vpcs.includes(VpcId),
  )
  const found = await settleAll(
    possible.map(
      ({ TargetGroupArn = '' }) =>
        () =>
          members(TargetGroupArn),
    ),
  )
  return Object.fromEntries(found.filter(([, targets]) => Object.keys(targets).length > 0))

  async function members(TargetGroupArn: string): Promise<[string, Targets[string]]> {
    const ask = elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }))
    const health = await ask.catch(ignoreErrors('TargetGroupNotFoundException', 'TargetGroupNotFound'))
    const ours = (health?.TargetHealthDescriptions ?? []).flatMap(({ Target, TargetHealth }) => {
      const left = TargetHealth?.State === 'draining' || TargetHealth?.Reason === 'Target.NotRegistered'
      return Target?.Id && ids.includes(Target.Id) && !left
        ? [[`${Target.Id}:${Target.Port}`, 'registered'] as const]
        : []
    })
    return [TargetGroupArn, Object.fromEntries(ours.sort())]
  }
}

/** Registers the wanted targets. With `only`, deregisters those ids from every other target group. */
export async function writeTargets(
  elb: ElasticLoadBalancingV2Client,
  wanted: Targets,
  only?: { vpcs: string[]; ids: string[] },
): Promise<void> {
  const present = only ? await findTargets(elb, await findTargetGroups(elb), only) : {}
  const surplus = Object.entries(present).map(([arn, targets]): [string, string[]] => {
    return [arn, Object.keys(targets).filter((target) => !wanted[arn]?.[target])]
  })
  await settleAll([
    ...Object.entries(wanted).map(([TargetGroupArn, targets]) => async () => {
      const Targets = Object.keys(targets).map(targetOf)
      await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }))
    }),
    ...surplus.map(([TargetGroupArn, targets]) => async () => {
      if (targets.length === 0) return
      const deregister = new DeregisterTargetsCommand({ TargetGroupArn, Targets: targets.map(targetOf) })
      // Auto Scaling may have deregistered an instance in standby from its own target groups already.
      await elb.send(deregister).catch(ignoreErrors('InvalidTargetException', 'InvalidTarget'))
    }),
  ])
}

// An IPv6 address contains colons too: the port follows the last one.
function targetOf(key: string): TargetDescription {
  const end = key.lastIndexOf(':')
  return { Id: key.slice(0, end), Port: Number(key.slice(end + 1)) }
}
