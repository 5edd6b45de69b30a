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

const mark = 'portcullis:containment'

/**
 * Takes a snapshot of every volume, all at one moment, so that they fit together as evidence. What is taken stays
 * taken: a release deletes no evidence.
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
    ...(Object.keys(state).length > 0 ? ['Snapshots cost storage until somebody deletes them.'] : []),
    'What is in memory, and on instance store volumes, is not in a snapshot.',
  ],

  async read({ instanceId }, { ec2 }, { containment }): Promise<Reading<State>> {
    const [instance, taken] = await Promise.all([findInstance(ec2, instanceId), takenIn(ec2, containment)])
    const state = volumesOf(instance).map((id) => [id, taken.has(id) ? 'taken' : 'missing'] as const)
    return { tags: instance.Tags ?? [], state: Object.fromEntries(state) }
  },

  contain: (state) => Object.fromEntries(Object.keys(state).map((id) => [id, 'taken'])),

  async write({ instanceId }, state, { ec2 }, { containment, incident }) {
    const [instance, taken] = await Promise.all([findInstance(ec2, instanceId), takenIn(ec2, containment)])
    const missing = (has: Set<string>) =>
      volumesOf(instance).filter((id) => state[id] === 'taken' && !has.has(id))
    const wanted = missing(taken)
    if (wanted.length === 0) return
    const tags = { [mark]: containment, 'portcullis:incident': incident, 'portcullis:instance': instanceId }
    const Tags = Object.entries({ Name: `Evidence of ${instanceId}`, ...tags }).map(([Key, Value]) => ({
      Key,
      Value,
    }))
    const take = new CreateSnapshotsCommand({
      Description: `Portcullis ${incident}: evidence of ${instanceId}`,
      InstanceSpecification: { InstanceId: instanceId, ...allBut(wanted, instance) },
      TagSpecifications: [{ ResourceType: 'snapshot', Tags }],
    })
    await ec2.send(take).catch(async (error) => {
      // Two deliveries that meet: AWS takes no second snapshot of a volume within 15 seconds. The call has no token
      // to make it idempotent. Source: Amazon EC2 API, error codes.
      if (!hasErrorName(error, 'SnapshotCreationPerVolumeRateExceeded')) throw error
      if (missing(await takenIn(ec2, containment)).length > 0)
        throw notYet(`A volume of ${instanceId} was snapshotted a moment ago.`)
    })
  },
})

// What an earlier try has taken is left out by name: the rest is still of one moment.
function allBut(wanted: string[], instance: Instance) {
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

/** The volumes whose snapshot this containment has taken, or is taking: the moment is the one it was asked for. */
async function takenIn(ec2: EC2Client, containment: string): Promise<Set<string>> {
  const Filters = [
    { Name: `tag:${mark}`, Values: [containment] },
    { Name: 'status', Values: ['pending', 'completed'] },
  ]
  const pages = await Array.fromAsync(
    paginateDescribeSnapshots({ client: ec2 }, { Filters, OwnerIds: ['self'] }),
  )
  return new Set(pages.flatMap(({ Snapshots }) => Snapshots ?? []).flatMap(({ VolumeId }) => VolumeId ?? []))
}
