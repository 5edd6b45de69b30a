import { DescribeAutoScalingGroupsCommand, UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import {
  CreateNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  type NetworkAclEntry,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { startCloud } from '../cloud.ts'
import { type Play, play, written } from '../laws/steps.ts'
import { clients } from '../scenes/instance-parts.ts'
import { scene } from '../scenes/quarantine-instance.ts'

const cloud = await startCloud()
afterAll(() => cloud.stop())
let it: Play
beforeEach(async () => {
  it = await play(cloud, scene)
})

const acls = async () => (await clients().ec2.send(new DescribeNetworkAclsCommand({}))).NetworkAcls ?? []

test('every address is denied before every allow, both ways, in every ACL of its VPC', async () => {
  const { outcome } = await it.deliver(it.event())
  const record = await it.record()
  const held = record?.after.vpcAcls as Record<string, Record<string, object>>
  expect(Object.keys(held)).toHaveLength(3)
  for (const { NetworkAclId = '', Entries = [] } of await acls())
    for (const cidr of Object.keys(held[NetworkAclId] ?? {}))
      for (const Egress of [true, false]) {
        const numbers = (of: (rule: NetworkAclEntry) => boolean) =>
          Entries.filter((rule) => rule.Egress === Egress && of(rule)).map(({ RuleNumber = 0 }) => RuleNumber)
        const first = Math.min(
          ...numbers(({ CidrBlock, RuleAction }) => CidrBlock === cidr && RuleAction === 'deny'),
        )
        expect(first).toBeLessThan(Math.min(...numbers(({ RuleAction }) => RuleAction === 'allow')))
      }
  expect(outcome?.plan?.caveats.join(' ')).toContain('rag-workers has one instance less until the release.')
})

test('a rule number that somebody takes between our reading and our writing is left to them', async () => {
  const [acl] = (await acls()).filter(({ NetworkAclId }) =>
    JSON.stringify(it.before).includes(NetworkAclId ?? '-'),
  )
  const { NetworkAclId } = acl ?? {}
  const held = cloud.tap.hold('ec2:CreateNetworkAclEntry')
  const delivery = it.deliver(it.event())
  await held.arrived
  const theirs = {
    RuleNumber: 3,
    Egress: true,
    Protocol: '6',
    PortRange: { From: 22, To: 22 },
    CidrBlock: '192.0.2.0/24',
  }
  for (const RuleNumber of [1, 2, 3, 4])
    await clients()
      .ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId, ...theirs, RuleNumber, RuleAction: 'deny' }))
      .catch(() => undefined)
  const mine = ({ PortRange }: NetworkAclEntry) => PortRange?.From === 22
  const count = async () => (await acls()).flatMap(({ Entries = [] }) => Entries.filter(mine)).length
  const taken = await count()
  held.letGo()
  const { outcome, error } = await delivery
  expect(error).toBeUndefined()
  expect(outcome?.status, outcome?.why).toBe('contained')
  expect(await count()).toBe(taken)
  expect((await it.deliver(await it.release())).outcome?.status).toBe('released')
  expect(await count()).toBe(taken)
})

test.each([
  'autoscaling:EnterStandby',
  'ec2:ModifyInstanceAttribute',
  'ec2:CreateSecurityGroup',
  'ec2:CreateNetworkAclEntry',
  'ec2:DisassociateIamInstanceProfile',
  'elasticloadbalancing:DeregisterTargets',
])('where %s is denied, everything else is done all the same', async (action) => {
  const rehearsed = await it.deliver(it.event())
  const all = new Set(written(rehearsed.calls))
  it = await play(cloud, scene)
  cloud.tap.answer(action, 'denied')
  const { outcome, calls } = await it.deliver(it.event())
  expect(outcome).toMatchObject({
    status: 'failed',
    why: expect.stringMatching(/Unauthorized|AccessDenied|Incomplete/),
  })
  const record = await it.record()
  expect(record?.failure?.done).not.toEqual([])
  // Without the group there is nothing to empty in its VPC; in the other VPC everything goes on.
  expect(new Set(written(calls))).toEqual(all)
  await cloud.tap.mend()
  expect((await it.deliver(it.event())).outcome?.status).toBe('contained')
  expect((await it.deliver(await it.release())).outcome?.status).toBe('released')
  expect(await it.stage.look()).toEqual(it.before)
})

test('a group at its minimum keeps its capacity, and the plan says what that costs', async () => {
  const { autoscaling } = clients()
  const AutoScalingGroupName = 'rag-workers'
  await autoscaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MinSize: 1 }))
  const { outcome } = await it.deliver(it.event())
  expect(outcome?.status, outcome?.why).toBe('contained')
  expect(outcome?.plan?.caveats.join(' ')).toContain('is at its minimum and starts another instance')
  const names = { AutoScalingGroupNames: [AutoScalingGroupName] }
  const { AutoScalingGroups } = await autoscaling.send(new DescribeAutoScalingGroupsCommand(names))
  expect(AutoScalingGroups?.[0]?.DesiredCapacity).toBe(1)
})

test('an instance that was stopped meanwhile is released all the same', async () => {
  await it.deliver(it.event())
  const InstanceIds = [it.stage.target.instanceId ?? '']
  await clients().ec2.send(new StopInstancesCommand({ InstanceIds }))
  const { outcome } = await it.deliver(await it.clock())
  expect(outcome?.status, outcome?.why).not.toBe('drifted')
})
