import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling'
import { type EC2Client, type NetworkInterface, paginateDescribeNetworkInterfaces } from '@aws-sdk/client-ec2'
import { notYet } from '../../../engine/errors.ts'
import { writeAcls } from './acls.ts'
import { cidrsOf } from './instance.ts'
import { wear } from './interfaces.ts'
import { dropIsolation, findIsolation } from './isolation.ts'
import { writeScaling } from './scaling.ts'
import type { State, Way } from './state.ts'
import { every, unless } from './together.ts'

/**
 * Takes away what a containment left around an instance that is gone: its denies, which would hit whatever gets its
 * addresses next, and the isolation groups that nothing has any more. Interfaces that outlived it get their groups
 * back, and its Auto Scaling group the capacity that a member in standby keeps from it.
 * Throws an error that passes while the instance is on its way out.
 */
export async function sweepAround(
  { ec2, autoscaling }: { ec2: EC2Client; autoscaling: AutoScalingClient },
  instanceId: string,
  { interfaces, vpcAcls, scaling }: State,
  prefix: string,
): Promise<void> {
  const vpcs = [...new Set(Object.values(interfaces).map(({ vpc }) => vpc))]
  const isolated = await wearers(
    ec2,
    (await findIsolation(ec2, vpcs, prefix)).map(({ GroupId = '' }) => GroupId),
  )
  if (isolated.some(({ Attachment }) => Attachment?.InstanceId === instanceId))
    throw notYet(`${instanceId} is going, and its interfaces are not gone yet.`)
  // One that somebody attached to something else is theirs now.
  const left = isolated.filter(({ NetworkInterfaceId = '', Attachment }) => {
    return NetworkInterfaceId in interfaces && !Attachment
  })
  const others = isolated.filter((one) => !left.includes(one))
  const theirs = new Set(vpcs.flatMap((vpc) => cidrsOf({ NetworkInterfaces: others }, vpc)))
  await every([
    async () => {
      await every(
        left.map(
          ({ NetworkInterfaceId = '' }) =>
            () =>
              giveBack(NetworkInterfaceId),
        ),
      )
      await every(vpcs.map((vpc) => () => dropIsolation(ec2, vpc, prefix)))
    },
    () =>
      writeAcls(
        ec2,
        each(vpcAcls, (cidrs) => opened(cidrs, theirs)),
        vpcs,
      ),
    // A member that is terminated may be gone from its group, or not to be moved any more.
    () => writeScaling(autoscaling, instanceId, scaling).catch(unless('ValidationError')),
  ])

  async function giveBack(eni: string): Promise<void> {
    const groups = interfaces[eni]?.groups
    if (groups && groups !== 'isolated') await wear(ec2, eni, groups)
  }
}

async function wearers(ec2: EC2Client, groups: string[]): Promise<NetworkInterface[]> {
  if (groups.length === 0) return []
  const Filters = [{ Name: 'group-id', Values: groups }]
  const pages = await Array.fromAsync(paginateDescribeNetworkInterfaces({ client: ec2 }, { Filters }))
  return pages.flatMap(({ NetworkInterfaces }) => NetworkInterfaces ?? [])
}

// What somebody denied before us stays as it is, and so does what another contained instance has by now.
const opened = (cidrs: State['vpcAcls'][string], theirs: Set<string>) =>
  each(Object.fromEntries(Object.entries(cidrs).filter(([cidr]) => !theirs.has(cidr))), (ways) =>
    Object.fromEntries(Object.entries<Way>(ways).filter(([, way]) => way !== 'deny')),
  )

const each = <A, B>(all: { [key: string]: A }, change: (one: A) => B): { [key: string]: B } =>
  Object.fromEntries(Object.entries(all).map(([key, one]) => [key, change(one)]))
