import {
  DeleteSnapshotCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { startCloud } from '../../cloud.ts'
import { type Play, play, written } from '../../laws/steps.ts'
import { clients } from '../../scenes/compute/network-parts.ts'
import { scene } from '../../scenes/compute/snapshot-volumes.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())
let it: Play
beforeEach(async () => {
  it = await play(cloud, scene)
})

const taken = async () => {
  const Filters = [{ Name: 'tag-key', Values: ['portcullis:containment'] }]
  return (await clients().ec2.send(new DescribeSnapshotsCommand({ Filters }))).Snapshots ?? []
}
const volumesTaken = async () => new Set((await taken()).map(({ VolumeId }) => VolumeId))

test('one call takes the snapshots of all volumes', async () => {
  const { calls } = await it.deliver(it.event())
  expect(written(calls)).toEqual(['ec2:CreateSnapshots'])
  expect((await volumesTaken()).size).toBe(2)
})

test('a repeated delivery after a lost answer takes no snapshot twice', async () => {
  await loseTheAnswer()
  expect(await taken()).toHaveLength(2)
  const { outcome, calls } = await it.deliver(it.event())
  expect(outcome?.status, outcome?.why).toBe('contained')
  expect(written(calls)).toEqual([])
  expect(await taken()).toHaveLength(2)
})

// The data volume instead of the root: moto 5.2.5 supports ExcludeBootVolume but not ExcludeDataVolumeIds.
test('a retry leaves out the volumes that an earlier attempt has taken', async () => {
  await loseTheAnswer()
  const { ec2 } = clients()
  const { instanceId } = it.stage.target
  const found = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId ?? ''] }))
  const { RootDeviceName, BlockDeviceMappings } = found.Reservations?.[0]?.Instances?.[0] ?? {}
  const root = BlockDeviceMappings?.find(({ DeviceName }) => DeviceName === RootDeviceName)?.Ebs?.VolumeId
  const lost = (await taken()).find(({ VolumeId }) => VolumeId !== root)
  await ec2.send(new DeleteSnapshotCommand({ SnapshotId: lost?.SnapshotId }))
  expect(await volumesTaken()).toEqual(new Set([root]))

  const { outcome, calls } = await it.deliver(it.event())
  expect(outcome?.status, outcome?.why).toBe('contained')
  expect(written(calls)).toEqual(['ec2:CreateSnapshots'])
  expect(await taken()).toHaveLength(2)
  expect((await volumesTaken()).size).toBe(2)
})

test('the next containment takes its own snapshots', async () => {
  await it.deliver(it.event())
  await it.deliver(await it.release())
  expect((await it.deliver(it.event('event-2'))).outcome?.status).toBe('contained')
  const marks = (await taken()).map(
    ({ Tags }) => Tags?.find(({ Key }) => Key === 'portcullis:containment')?.Value,
  )
  expect(marks).toHaveLength(4)
  expect(new Set(marks).size).toBe(2)
})

/** The snapshots are taken, and the function dies before it gets the answer. */
async function loseTheAnswer() {
  const rehearsed = await it.deliver(it.event())
  const before = rehearsed.calls.findIndex(({ action }) => action === 'ec2:CreateSnapshots')
  it = await play(cloud, scene)
  cloud.tap.cut(before, 'unheard')
  await it.deliver(it.event())
  await cloud.tap.mend()
}
