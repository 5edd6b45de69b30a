import {
  type AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
} from '@aws-sdk/client-auto-scaling'
import { notYet } from '../../../engine/errors.ts'
import { settleAll } from './concurrency.ts'
import { hasErrorName } from './expected-errors.ts'
import type { InstanceState } from './state.ts'

type Scaling = InstanceState['scaling']
type Membership = Scaling[string]

/** The Auto Scaling group of an instance; none if the instance is leaving it. */
export async function findScaling(client: AutoScalingClient, instanceId: string): Promise<Scaling> {
  const command = new DescribeAutoScalingInstancesCommand({ InstanceIds: [instanceId] })
  const { AutoScalingInstances = [] } = await client.send(command)
  const members = AutoScalingInstances.flatMap(({ AutoScalingGroupName = '', LifecycleState }) => {
    const membership = membershipOf(LifecycleState)
    return membership ? [[AutoScalingGroupName, membership] as const] : []
  })
  return Object.fromEntries(members)
}

/** Auto Scaling groups by their names, with their sizes and members. */
export async function findGroups(client: AutoScalingClient, names: string[]): Promise<AutoScalingGroup[]> {
  // Without names, the call would return every group.
  if (names.length === 0) return []
  const groups = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: names })
  return (await client.send(groups)).AutoScalingGroups ?? []
}

/** Whether a group can shrink by this instance: if not, it launches a replacement. */
export function canShrink(group: AutoScalingGroup, instanceId: string): boolean {
  const { DesiredCapacity = 0, MinSize = 0 } = group
  return DesiredCapacity - Number(memberOf(group, instanceId)?.WeightedCapacity ?? '1') >= MinSize
}

const memberOf = ({ Instances }: AutoScalingGroup, instanceId: string) =>
  Instances?.find(({ InstanceId }) => InstanceId === instanceId)

/** Moves the instance into standby or back into service. Throws a retryable error while Auto Scaling is moving it. */
export async function writeScaling(
  client: AutoScalingClient,
  instanceId: string,
  scaling: Scaling,
): Promise<void> {
  const groups = await findGroups(client, Object.keys(scaling))
  await settleAll(groups.map((group) => () => move(group, scaling[group.AutoScalingGroupName ?? ''])))

  async function move(
    group: AutoScalingGroup,
    wanted: Membership | undefined,
    retried = false,
  ): Promise<void> {
    const { AutoScalingGroupName = '' } = group
    const state = memberOf(group, instanceId)?.LifecycleState
    if (!membershipOf(state) || membershipOf(state) === wanted) return
    // Deregistration from the load balancer can take minutes; only then can the instance be moved back.
    if (state !== 'InService' && state !== 'Standby')
      throw notYet(
        `${instanceId} is ${state} in ${AutoScalingGroupName}, and cannot be moved until that is complete.`,
      )
    const members = { AutoScalingGroupName, InstanceIds: [instanceId] }
    const ShouldDecrementDesiredCapacity = canShrink(group, instanceId)
    try {
      await (wanted === 'standby'
        ? client.send(new EnterStandbyCommand({ ...members, ShouldDecrementDesiredCapacity }))
        : client.send(new ExitStandbyCommand(members)))
    } catch (error) {
      // Another delivery may have moved it since the read, or another instance may have used the spare capacity.
      const [now] = hasErrorName(error, 'ValidationError')
        ? await findGroups(client, [AutoScalingGroupName])
        : []
      if (now && membershipOf(memberOf(now, instanceId)?.LifecycleState) === wanted) return
      if (!now || wanted !== 'standby' || retried) throw error
      await move(now, wanted, true)
    }
  }
}

// Entering a state counts as being in it. An instance that is terminating, detaching or in a warm pool is not in
// service. Source: Amazon EC2 Auto Scaling User Guide, "Instance lifecycle".
const membershipOf = (state: string | undefined): Membership | undefined =>
  state === 'Standby' || state === 'EnteringStandby'
    ? 'standby'
    : state === 'InService' || state?.startsWith('Pending')
      ? 'inService'
      : undefined
