import { DescribeSnapshotsCommand } from '@aws-sdk/client-ec2'
import { ec2, instance } from './instance.ts'
import type { VerifiedFact } from './verified-fact.ts'

/** Whether every volume of the instance has a snapshot. */
export async function snapshotted({ instanceId = '' }): Promise<VerifiedFact[]> {
  const { BlockDeviceMappings = [] } = await instance(instanceId)
  const volumes = BlockDeviceMappings.map(({ Ebs }) => Ebs?.VolumeId ?? '')
  const Filters = [{ Name: 'volume-id', Values: volumes }]
  const { Snapshots = [] } = await ec2().send(new DescribeSnapshotsCommand({ Filters }))
  return volumes.map((volume) => {
    const taken = Snapshots.find(({ VolumeId }) => VolumeId === volume)
    return { says: `${volume} is kept as ${taken?.SnapshotId}`, holds: taken !== undefined }
  })
}
