import {
  type AutoScalingClient,
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  DescribeAutoScalingInstancesCommand,
  EnterStandbyCommand,
  ExitStandbyCommand,
} from '@aws-sdk/client-auto-scaling'
import { notYet } from '../../../engine/errors.ts'
import type { State } from './state.ts'
import { every, hasErrorName } from './together.ts'

type Scaling = State['scaling']
type Service = Scaling[string]

/** The group an instance serves in; none where it is on its way out of it. */
export async function findScaling(client: AutoScalingClient, instanceId: string): Promise<Scaling> {
  const members = new DescribeAutoScalingInstancesCommand({ InstanceIds: [instanceId] })
  const { AutoScalingInstances = [] } = await client.send(members)
  const serving = AutoScalingInstances.flatMap(({ AutoScalingGroupName = '', LifecycleState }) => {
    const service = serviceOf(LifecycleState)
    return service ? [[AutoScalingGroupName, service] as const] : []
  })
  return Object.fromEntries(serving)
}

/** The groups themselves: what they may shrink to. */
export async function findGroups(client: AutoScalingClient, names: string[]): Promise<AutoScalingGroup[]> {
  // Asked for none, Auto Scaling gives all.
  if (names.length === 0) return []
  const groups = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: names })
  return (await client.send(groups)).AutoScalingGroups ?? []
}

/** Whether a group may do without this instance: if not, it starts another in its place. */
export function canShrink(group: AutoScalingGroup, instanceId: string): boolean {
  const { DesiredCapacity = 0, MinSize = 0 } = group
  return DesiredCapacity - Number(memberOf(group, instanceId)?.WeightedCapacity ?? '1') >= MinSize
}

const memberOf = ({ Instances }: AutoScalingGroup, instanceId: string) =>
  Instances?.find(({ InstanceId }) => InstanceId === instanceId)

/** Moves the instance to standby or back. Throws an error that passes while Auto Scaling is moving it. */
export async function writeScaling(
  client: AutoScalingClient,
  instanceId: string,
  scaling: Scaling,
): Promise<void> {
  const groups = await findGroups(client, Object.keys(scaling))
  await every(groups.map((group) => () => move(group, scaling[group.AutoScalingGroupName ?? ''])))

  async function move(group: AutoScalingGroup, wanted: Service | undefined, again = false): Promise<void> {
    const { AutoScalingGroupName = '' } = group
    const state = memberOf(group, instanceId)?.LifecycleState
    if (!serviceOf(state) || serviceOf(state) === wanted) return
    // Leaving the load balancer can take minutes, and only then can it be put back.
    if (state !== 'InService' && state !== 'Standby')
      throw notYet(
        `${instanceId} is ${state} in ${AutoScalingGroupName}, and cannot be moved before it is through.`,
      )
    const members = { AutoScalingGroupName, InstanceIds: [instanceId] }
    const ShouldDecrementDesiredCapacity = canShrink(group, instanceId)
    try {
      await (wanted === 'standby'
        ? client.send(new EnterStandbyCommand({ ...members, ShouldDecrementDesiredCapacity }))
        : client.send(new ExitStandbyCommand(members)))
    } catch (error) {
      // Another delivery may have moved it since we looked, or another instance used up what the group can shrink.
      const [now] = hasErrorName(error, 'ValidationError')
        ? await findGroups(client, [AutoScalingGroupName])
        : []
      if (now && serviceOf(memberOf(now, instanceId)?.LifecycleState) === wanted) return
      if (!now || wanted !== 'standby' || again) throw error
      await move(now, wanted, true)
    }
  }
}

// On its way into standby counts as there, and so does the way back. Source: Amazon EC2 Auto Scaling User Guide,
// instance lifecycle; what is terminating, detaching or in a warm pool does not serve.
const serviceOf = (state: string | undefined): Service | undefined =>
  state === 'Standby' || state === 'EnteringStandby'
    ? 'standby'
    : state === 'InService' || state?.startsWith('Pending')
      ? 'inService'
      : undefined
