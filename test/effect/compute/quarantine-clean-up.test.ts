import {
  type AutoScalingClient,
  AutoScalingServiceException,
  DescribeAutoScalingGroupsCommand,
  type ExitStandbyCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  CreateNetworkAclEntryCommand,
  CreateNetworkInterfaceCommand,
  DeleteNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  ModifyInstanceAttributeCommand,
  type NetworkInterface,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { cleanUpAround } from '../../../playbooks/compute/quarantine/clean-up.ts'
import { prefix, startCloud } from '../../cloud.ts'
import { type Play, play, written } from '../../laws/steps.ts'
import { letGo } from '../../scenes/compute/instance-parts.ts'
import { clients } from '../../scenes/compute/network-parts.ts'
import { scene } from '../../scenes/compute/quarantine-instance.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())
let it: Play
let nics: NetworkInterface[]
beforeEach(async () => {
  it = await play(cloud, scene)
  nics = (await interfaces()).filter(({ Attachment }) => Attachment?.InstanceId === InstanceId())
})

const InstanceId = () => it.stage.target.instanceId ?? ''

const interfaces = async () =>
  (await clients().ec2.send(new DescribeNetworkInterfacesCommand({}))).NetworkInterfaces ?? []

/** Every rule of every network ACL. */
const rules = async () => {
  const { NetworkAcls = [] } = await clients().ec2.send(new DescribeNetworkAclsCommand({}))
  return NetworkAcls.flatMap(({ NetworkAclId, Entries = [] }) =>
    Entries.map((entry) => ({ NetworkAclId, ...entry })),
  )
}

const deniesOf = async (address: string | undefined) =>
  (await rules()).filter(({ CidrBlock, RuleAction }) => {
    return CidrBlock === `${address}/32` && RuleAction === 'deny'
  })

/** What a containment may leave around the instance. */
async function around() {
  const { SecurityGroups = [] } = await clients().ec2.send(new DescribeSecurityGroupsCommand({}))
  return {
    rules: new Set((await rules()).map((rule) => JSON.stringify(rule))),
    groups: new Set(SecurityGroups.map(({ GroupId }) => GroupId)),
  }
}

test('nothing of the containment is left around a terminated instance', async () => {
  const before = await around()
  await it.contain()
  expect(await around()).not.toEqual(before)
  await it.stage.destroy?.()
  const { outcome } = await it.deliver(await it.clock())
  expect(outcome?.status, outcome?.why).toBe('closed')
  expect(await around()).toEqual(before)
  // The first interface was deleted with the instance; the others have their earlier groups again.
  const now = await interfaces()
  expect(now.find(({ NetworkInterfaceId }) => NetworkInterfaceId === nics[0]?.NetworkInterfaceId)).toBe(
    undefined,
  )
  for (const { NetworkInterfaceId, Groups } of nics.slice(1))
    expect(now.find((one) => one.NetworkInterfaceId === NetworkInterfaceId)?.Groups).toEqual(Groups)
})

test('the clean-up waits until an instance that is shutting down is terminated', async () => {
  const before = await around()
  await it.contain()
  const off = { InstanceId: InstanceId(), DisableApiTermination: { Value: false } }
  await clients().ec2.send(new ModifyInstanceAttributeCommand(off))
  await clients().ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId()] }))
  const early = await it.deliver(await it.clock())
  expect(early.error).toMatchObject({ message: expect.stringContaining('its interfaces still exist') })
  expect(written(early.calls)).toEqual([])
  await letGo(InstanceId())
  expect((await it.deliver(await it.release())).outcome?.status).toBe('closed')
  expect(await around()).toEqual(before)
})

test('the addresses of another contained instance stay denied', async () => {
  await it.contain()
  await it.stage.destroy?.()
  const [gone, kept] = nics
  const { SecurityGroups = [] } = await clients().ec2.send(new DescribeSecurityGroupsCommand({}))
  const isolation = SecurityGroups.filter(({ GroupName, VpcId }) => {
    return GroupName === 'portcullis-test-isolation' && VpcId === gone?.VpcId
  })
  const Groups = isolation.map(({ GroupId = '' }) => GroupId)
  const next = { SubnetId: gone?.SubnetId, PrivateIpAddress: gone?.PrivateIpAddress, Groups }
  await clients().ec2.send(new CreateNetworkInterfaceCommand(next))
  const denies = await deniesOf(gone?.PrivateIpAddress)
  expect(denies).not.toEqual([])
  expect((await it.deliver(await it.clock())).outcome?.status).toBe('closed')
  expect(await deniesOf(gone?.PrivateIpAddress)).toEqual(denies)
  expect(await deniesOf(kept?.PrivateIpAddress)).toEqual([])
  const left = await clients().ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: Groups }))
  expect(left.SecurityGroups).toHaveLength(1)
})

test('a deny of others is neither deleted nor created again', async () => {
  const { ec2 } = clients()
  const [{ NetworkAclId } = {}] = (await rules()).filter(({ CidrBlock }) => CidrBlock === '203.0.113.0/24')
  const address = nics[1]?.PrivateIpAddress
  const theirs = { NetworkAclId, RuleNumber: 3, CidrBlock: `${address}/32`, Protocol: '-1' }
  for (const Egress of [true, false])
    await ec2.send(new CreateNetworkAclEntryCommand({ ...theirs, Egress, RuleAction: 'deny' }))
  await it.contain()
  await it.stage.destroy?.()
  await ec2.send(new DeleteNetworkAclEntryCommand({ NetworkAclId, RuleNumber: 3, Egress: true }))
  expect((await it.deliver(await it.clock())).outcome?.status).toBe('closed')
  expect(await deniesOf(address)).toMatchObject([{ NetworkAclId, RuleNumber: 3, Egress: false }])
})

// moto 5.2.5 removes a terminated instance from its group. On AWS "the instance remains in this state until you exit
// the standby state" (Amazon EC2 Auto Scaling User Guide), and until then the group is smaller by one.
test.each([false, true])(
  'a member in standby is returned to its group, also if it has left it already (%s)',
  async (past) => {
    const { ec2 } = clients()
    const asked: unknown[] = []
    const Instances = [{ InstanceId: InstanceId(), LifecycleState: 'Standby' }]
    const autoscaling: AutoScalingClient = Object.create(clients().autoscaling, {
      send: {
        async value(command: ExitStandbyCommand | DescribeAutoScalingGroupsCommand) {
          if (command instanceof DescribeAutoScalingGroupsCommand)
            return { AutoScalingGroups: [{ AutoScalingGroupName: 'rag-workers', Instances }] }
          asked.push(command.input)
          if (past) throw new AutoScalingServiceException({ ...refusal, name: 'ValidationError' })
          return {}
        },
      },
    })
    const state = { interfaces: {}, vpcAcls: {}, scaling: { 'rag-workers': 'inService' as const } }
    await cleanUpAround({ ec2, autoscaling }, InstanceId(), { ...state, ...unchanged }, prefix)
    expect(asked).toEqual([{ AutoScalingGroupName: 'rag-workers', InstanceIds: [InstanceId()] }])
  },
)

const refusal = { $fault: 'client' as const, $metadata: {}, message: 'The instance is not in standby.' }
const unchanged = { termination: 'refused', shutdown: 'stop', profile: null, power: 'running' } as const
