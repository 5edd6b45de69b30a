import {
  CreateSnapshotsCommand,
  EC2Client,
  type Instance,
  paginateDescribeSnapshots,
} from '@aws-sdk/client-ec2'
import { notYet } from '../../engine/errors.ts'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { hasErrorName } from './quarantine/expected-errors.ts'
import { findInstance, gone } from './quarantine/instance.ts'

type State = { [volume: string]: 'missing' | 'taken' }

const containmentTag = 'portcullis:containment'

/**
 * Takes a crash-consistent set of snapshots of every volume as evidence. A release keeps them: it never deletes
 * evidence.
 */
export const snapshotVolumes = playbook({
  name: 'snapshot-volumes',
  title: 'Snapshot the volumes of an EC2 instance as evidence',
  copy: {
    action: 'snapshot the volumes of {target}',
    contained: 'the volumes of {target} are kept as snapshots',
    released: 'the snapshots of {target} are kept',
    failed: 'volumes of {target} may have no snapshot',
  },
  target: ['instanceId'],
  undo: 'none',
  clients: { ec2: EC2Client },
  reads: { 'ec2:DescribeInstances': '*', 'ec2:DescribeSnapshots': '*' },
  writes: {
    'ec2:CreateSnapshots': ['instance', 'snapshot', 'volume'].map((kind) => `arn:aws:ec2:*:*:${kind}/*`),
    'ec2:CreateTags': {
      on: ['arn:aws:ec2:*:*:snapshot/*'],
      when: { StringEquals: { 'ec2:CreateAction': 'CreateSnapshots' } },
    },
  },
  gone,
  caveats: (state) => [
    ...(Object.keys(state).length > 0 ? ['Snapshots incur storage costs until you delete them.'] : []),
    'A snapshot contains neither memory nor instance store volumes.',
  ],

  async read({ instanceId }, { ec2 }, { containment }): Promise<Reading<State>> {
    const [instance, taken] = await Promise.all([
      findInstance(ec2, instanceId),
      volumesTakenBy(ec2, containment),
    ])
    const state = volumesOf(instance).map((id) => [id, taken.has(id) ? 'taken' : 'missing'] as const)
    return { tags: instance.Tags ?? [], state: Object.fromEntries(state) }
  },

  contain: (state) => Object.fromEntries(Object.keys(state).map((id) => [id, 'taken'])),

  async write({ instanceId }, state, { ec2 }, { containment, incident }) {
    const [instance, taken] = await Promise.all([
      findInstance(ec2, instanceId),
      volumesTakenBy(ec2, containment),
    ])
    const missing = (has: Set<string>) =>
      volumesOf(instance).filter((id) => state[id] === 'taken' && !has.has(id))
    const wanted = missing(taken)
    if (wanted.length === 0) return
    const tags = {
      [containmentTag]: containment,
      'portcullis:incident': incident,
      'portcullis:instance': instanceId,
    }
    const Tags = Object.entries({ Name: `Evidence of ${instanceId}`, ...tags }).map(([Key, Value]) => ({
      Key,
      Value,
    }))
    const command = new CreateSnapshotsCommand({
      Description: `Portcullis ${incident}: evidence of ${instanceId}`,
      InstanceSpecification: { InstanceId: instanceId, ...exclusionsFor(wanted, instance) },
      TagSpecifications: [{ ResourceType: 'snapshot', Tags }],
    })
    await ec2.send(command).catch(async (error) => {
      // Two deliveries at once: AWS refuses a second snapshot of a volume within 15 seconds, and the call has no
      // idempotency token. Source: Amazon EC2 API, error codes.
      if (!hasErrorName(error, 'SnapshotCreationPerVolumeRateExceeded')) throw error
      if (missing(await volumesTakenBy(ec2, containment)).length > 0)
        throw notYet(`A snapshot of a volume of ${instanceId} was taken less than 15 seconds ago.`)
    })
  },
})

// Excludes the volumes that an earlier attempt has taken; the rest are still taken as one set.
function exclusionsFor(wanted: string[], instance: Instance) {
  const root = instance.BlockDeviceMappings?.find(
    ({ DeviceName }) => DeviceName === instance.RootDeviceName,
  )?.Ebs
  const data = volumesOf(instance).filter((id) => id !== root?.VolumeId && !wanted.includes(id))
  return {
    ...(root?.VolumeId && !wanted.includes(root.VolumeId) && { ExcludeBootVolume: true }),
    ...(data.length > 0 && { ExcludeDataVolumeIds: data }),
  }
}

const volumesOf = ({ BlockDeviceMappings }: Instance): string[] =>
  (BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.VolumeId ?? []).sort()

/** The volumes of which this containment has requested a snapshot that exists or is pending. */
async function volumesTakenBy(ec2: EC2Client, containment: string): Promise<Set<string>> {
  const Filters = [
    { Name: `tag:${containmentTag}`, Values: [containment] },
    { Name: 'status', Values: ['pending', 'completed'] },
  ]
  const pages = await Array.fromAsync(
    paginateDescribeSnapshots({ client: ec2 }, { Filters, OwnerIds: ['self'] }),
  )
  return new Set(pages.flatMap(({ Snapshots }) => Snapshots ?? []).flatMap(({ VolumeId }) => VolumeId ?? []))
}
