import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling'
import { type EC2Client, type NetworkInterface, paginateDescribeNetworkInterfaces } from '@aws-sdk/client-ec2'
import { notYet } from '../../../engine/errors.ts'
import { writeAcls } from './acls.ts'
import { settleAll } from './concurrency.ts'
import { ignoreErrors } from './expected-errors.ts'
import { cidrsOf } from './instance.ts'
import { setGroups } from './interfaces.ts'
import { deleteUnusedIsolationGroups, findIsolationGroups } from './isolation.ts'
import { writeScaling } from './scaling.ts'
import { type AclEntryState, type InstanceState, mapEach } from './state.ts'

/**
 * Removes what a containment left around a terminated instance: its denies, which would block the next owner of its
 * addresses, and the isolation groups that are no longer used. Interfaces that still exist get their groups back, and
 * the Auto Scaling group the capacity that a member in standby takes from it.
 * Throws a retryable error while the instance is shutting down.
 */
export async function cleanUpAround(
  { ec2, autoscaling }: { ec2: EC2Client; autoscaling: AutoScalingClient },
  instanceId: string,
  { interfaces, vpcAcls, scaling }: InstanceState,
  prefix: string,
): Promise<void> {
  const vpcs = [...new Set(Object.values(interfaces).map(({ vpc }) => vpc))]
  const groups = await findIsolationGroups(ec2, vpcs, prefix)
  const isolated = await interfacesIn(
    ec2,
    groups.map(({ GroupId = '' }) => GroupId),
  )
  if (isolated.some(({ Attachment }) => Attachment?.InstanceId === instanceId))
    throw notYet(`${instanceId} is shutting down, and its interfaces still exist.`)
  // An interface that was attached to something else since is not ours to change.
  const left = isolated.filter(
    ({ NetworkInterfaceId = '', Attachment }) => NetworkInterfaceId in interfaces && !Attachment,
  )
  const others = isolated.filter((one) => !left.includes(one))
  const otherCidrs = new Set(vpcs.flatMap((vpc) => cidrsOf({ NetworkInterfaces: others }, vpc)))
  const acls = mapEach(vpcAcls, (cidrs) => ourEntries(cidrs, otherCidrs))
  await settleAll([
    async () => {
      await settleAll(left.map((one) => () => restoreGroups(one)))
      await settleAll(vpcs.map((vpc) => () => deleteUnusedIsolationGroups(ec2, vpc, prefix)))
    },
    () => writeAcls(ec2, acls, vpcs),
    // A terminated member may have left its group already, or cannot be moved any more.
    () => writeScaling(autoscaling, instanceId, scaling).catch(ignoreErrors('ValidationError')),
  ])

  async function restoreGroups({ NetworkInterfaceId: eni = '' }: NetworkInterface): Promise<void> {
    const earlier = interfaces[eni]?.groups
    if (earlier && earlier !== 'isolated') await setGroups(ec2, eni, earlier)
  }
}

async function interfacesIn(ec2: EC2Client, groups: string[]): Promise<NetworkInterface[]> {
  if (groups.length === 0) return []
  const Filters = [{ Name: 'group-id', Values: groups }]
  const pages = await Array.fromAsync(paginateDescribeNetworkInterfaces({ client: ec2 }, { Filters }))
  return pages.flatMap(({ NetworkInterfaces }) => NetworkInterfaces ?? [])
}

// Denies that were there before ours stay, and so do those for the addresses of other contained instances.
const ourEntries = (cidrs: InstanceState['vpcAcls'][string], otherCidrs: Set<string>) =>
  mapEach(Object.fromEntries(Object.entries(cidrs).filter(([cidr]) => !otherCidrs.has(cidr))), (directions) =>
    Object.fromEntries(Object.entries<AclEntryState>(directions).filter(([, state]) => state !== 'deny')),
  )
