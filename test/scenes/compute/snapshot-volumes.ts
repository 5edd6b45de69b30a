import { DescribeSnapshotsCommand, type Tag } from '@aws-sdk/client-ec2'
import { snapshotVolumes } from '../../../playbooks/compute/snapshot-volumes.ts'
import type { Scene } from '../scene.ts'
import { instance, tag, terminate } from './instance-parts.ts'
import { clients, vpc } from './network-parts.ts'

export const scene: Scene = {
  playbook: snapshotVolumes,
  async build() {
    const { ec2 } = clients()
    const { subnets } = await vpc('10.40', 1)
    const nic = { subnet: subnets[0], groups: [] }
    const { instanceId, volumes } = await instance([nic], { volumes: ['/dev/sda1', '/dev/sdf'] })
    return {
      target: { account: '123456789012', region: 'us-east-1', instanceId },
      async look() {
        const Filters = [{ Name: 'volume-id', Values: volumes }]
        const { Snapshots = [] } = await ec2.send(new DescribeSnapshotsCommand({ Filters }))
        const taken = Snapshots.map(({ VolumeId, State, Tags }) =>
          JSON.stringify([VolumeId, State, tagged(Tags)]),
        )
        // AWS refuses a second snapshot of a volume within 15 seconds (SnapshotCreationPerVolumeRateExceeded); moto
        // 5.2.5 does not, so duplicates of concurrent deliveries are counted once. That consecutive deliveries make no
        // duplicates is tested in test/effect/compute/snapshot-volumes.test.ts.
        return [...new Set(taken)].sort().map((one) => JSON.parse(one))
      },
      protect: () => tag(instanceId, 'portcullis:protected'),
      destroy: () => terminate(instanceId),
    }
  },
}

const tagged = (tags: Tag[] = []) => Object.fromEntries(tags.map(({ Key = '', Value }) => [Key, Value]))
