import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  ModifyNetworkInterfaceAttributeCommand,
  type NetworkInterface,
  RevokeSecurityGroupEgressCommand,
  type SecurityGroup,
} from '@aws-sdk/client-ec2'
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { completeState } from '../../../engine/playbook.ts'
import { quarantineInstance } from '../../../playbooks/compute/quarantine-instance.ts'
import { prefix, startCloud } from '../../cloud.ts'
import { type Play, play } from '../../laws/steps.ts'
import { clients, group } from '../../scenes/compute/network-parts.ts'
import { scene } from '../../scenes/compute/quarantine-instance.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())
const GroupName = `${prefix}-isolation`
let it: Play
let first: NetworkInterface
beforeEach(async () => {
  it = await play(cloud, scene)
  const [nic] = await nics()
  first = nic as NetworkInterface
})

async function nics(): Promise<NetworkInterface[]> {
  const Filters = [{ Name: 'attachment.instance-id', Values: [it.stage.target.instanceId ?? ''] }]
  const found = await clients().ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))
  return found.NetworkInterfaces ?? []
}

const groupsBy = async (ids: string[]): Promise<SecurityGroup[]> =>
  (await clients().ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: ids }))).SecurityGroups ?? []

/** A group with the name of our group and without our tag, with a rule that allows all outbound traffic or without rules. */
async function stranger({ empty = false } = {}): Promise<string> {
  const GroupId = await group({ id: first.VpcId ?? '', subnets: [], denyTooLate: async () => {} }, GroupName)
  const [{ IpPermissionsEgress } = {}] = await groupsBy([GroupId])
  expect(IpPermissionsEgress).not.toEqual([])
  if (empty)
    await clients().ec2.send(
      new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: IpPermissionsEgress }),
    )
  return GroupId
}

test.each([
  ['with a rule', false],
  ['empty, to be opened later', true],
])("a stranger's group of our name (%s) is left alone, and ours gets another name", async (_, empty) => {
  const theirs = await stranger({ empty })
  const before = await it.stage.look()
  const [untouched] = await groupsBy([theirs])
  const { outcome } = await it.deliver(it.event())
  expect(outcome?.status, outcome?.why).toBe('contained')
  expect(await groupsBy([theirs])).toEqual([untouched])
  const worn = (await nics()).filter(({ VpcId }) => VpcId === first.VpcId).map(({ Groups }) => Groups)
  const [one] = worn.flat()
  expect(worn).toEqual([[one], [one]])
  expect(await groupsBy([one?.GroupId ?? ''])).toMatchObject([
    {
      GroupName: expect.stringMatching(new RegExp(`^${GroupName}-[0-9a-f]{8}$`)),
      Tags: [{ Key: 'portcullis', Value: 'isolation' }],
      IpPermissions: [],
      IpPermissionsEgress: [],
    },
  ])
  expect((await it.deliver(await it.release())).outcome?.status).toBe('released')
  expect(await it.stage.look()).toEqual(before)
})

test('an interface in an empty group that only has our name is not isolated', async () => {
  const theirs = await stranger({ empty: true })
  const { NetworkInterfaceId = '' } = first
  const put = new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups: [theirs] })
  await clients().ec2.send(put)
  expect((await it.contain()).outcome?.plan?.changes).toContainEqual({
    path: `/interfaces/${NetworkInterfaceId}/groups`,
    before: [theirs],
    after: 'isolated',
  })
  const [now] = await nics()
  expect(now?.Groups?.map(({ GroupId }) => GroupId)).not.toEqual([theirs])
})

// moto 5.2.5 supports no shared VPCs; the ACLs of their owner, like full ACLs, are left out of the state.
test('the addresses leave their target groups even if every ACL belongs to another account', async () => {
  const { instanceId = '', ...place } = it.stage.target
  const target = { ...place, instanceId }
  const context = { containment: 'c-0', incident: 'inc-0', at: '2026-11-21T06:00:00Z', prefix }
  const state = await completeState(await quarantineInstance.read(target, clients(), context))
  const arns = Object.keys(state.targets ?? {})
  expect(arns).toHaveLength(2)
  const after = quarantineInstance.contain({ ...state, vpcAcls: {} }, context)
  await quarantineInstance.write(target, after, clients(), context)
  for (const TargetGroupArn of arns) {
    const { TargetHealthDescriptions = [] } = await clients().elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn }),
    )
    const still = TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State !== 'draining')
    expect(still).toEqual([])
  }
})

test('the isolation group is created in the background, and the network is cut in one stage after the standby', async () => {
  cloud.tap.delay(20)
  const { calls } = await it.contain()
  const of = (...actions: string[]) => calls.filter(({ action }) => actions.includes(action))
  const begins = (...actions: string[]) => Math.min(...of(...actions).map(({ start }) => start))
  const ends = (...actions: string[]) => Math.max(...of(...actions).map(({ end }) => end))
  const first = ['autoscaling:EnterStandby', 'ec2:ModifyInstanceAttribute']
  const network = [
    'ec2:ModifyNetworkInterfaceAttribute',
    'ec2:CreateNetworkAclEntry',
    'elasticloadbalancing:DeregisterTargets',
    'ec2:DisassociateIamInstanceProfile',
  ]
  expect(begins('ec2:CreateSecurityGroup')).toBeLessThan(ends(...first))
  for (const action of network) expect(begins(action), action).toBeGreaterThan(ends(...first))
  const cut = ends('ec2:ModifyNetworkInterfaceAttribute', 'ec2:CreateNetworkAclEntry')
  expect(begins('ec2:DisassociateIamInstanceProfile')).toBeLessThan(cut)
  const written = of('elasticloadbalancing:DescribeTargetGroups').filter(
    ({ start }) => start > ends(...first),
  )
  expect(written[0]?.start).toBeLessThan(cut)
})
