import { DescribeAutoScalingGroupsCommand, UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import {
  CreateNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  type EC2Client,
  type NetworkAclEntry,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { aclsOf } from '../../../playbooks/compute/quarantine/acl-rules.ts'
import { writeAcls } from '../../../playbooks/compute/quarantine/acls.ts'
import { startCloud } from '../../cloud.ts'
import { type Play, play, written } from '../../laws/steps.ts'
import { clients } from '../../scenes/compute/network-parts.ts'
import { scene } from '../../scenes/compute/quarantine-instance.ts'

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

test('a protected instance is guarded although a later read fails', async () => {
  await it.stage.protect?.()
  cloud.tap.answer('ec2:DescribeNetworkAcls', 'denied')
  const { outcome } = await it.deliver(it.event())
  expect(outcome).toMatchObject({ status: 'guarded', why: expect.stringContaining('portcullis:protected') })
})

test('a rule number that is taken between the read and the write is not used', async () => {
  const { ec2 } = clients()
  const mine = (await acls()).find(({ IsDefault }) => !IsDefault)
  const { NetworkAclId = '', VpcId = '' } = mine ?? {}
  const taken: number[] = []
  const robbed: EC2Client = Object.create(ec2, {
    send: {
      async value(command: CreateNetworkAclEntryCommand) {
        if (command instanceof CreateNetworkAclEntryCommand && taken.length < 2) {
          taken.push(command.input.RuleNumber ?? 0)
          const theirs = { ...command.input, CidrBlock: '192.0.2.0/24' }
          await ec2.send(new CreateNetworkAclEntryCommand(theirs))
        }
        return ec2.send(command)
      },
    },
  })
  const ways = { '10.20.9.9/32': { ingress: 'deny', egress: 'deny' } } as const
  await writeAcls(robbed, { [NetworkAclId]: ways }, [VpcId])
  expect(taken).toEqual([2, 2])
  const { Entries = [] } = (await acls()).find((acl) => acl.NetworkAclId === NetworkAclId) ?? {}
  const numbers = (cidr: string) =>
    Entries.filter(({ CidrBlock }) => CidrBlock === cidr).map(({ RuleNumber }) => RuleNumber)
  expect(numbers('192.0.2.0/24')).toEqual([2, 2])
  expect(numbers('10.20.9.9/32')).toEqual([3, 3])
})

test.each([
  'autoscaling:EnterStandby',
  'ec2:ModifyInstanceAttribute',
  'ec2:CreateSecurityGroup',
  'ec2:CreateNetworkAclEntry',
  'ec2:DisassociateIamInstanceProfile',
  'elasticloadbalancing:DeregisterTargets',
])('everything else is done when %s is denied', async (action) => {
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
  // Without the group there are no rules to revoke in its VPC; in the other VPC everything is done.
  expect(new Set(written(calls))).toEqual(all)
  await cloud.tap.mend()
  expect((await it.deliver(it.event())).outcome?.status).toBe('contained')
  expect((await it.deliver(await it.release())).outcome?.status).toBe('released')
  expect(await it.stage.look()).toEqual(it.before)
})

test('a group at its minimum keeps its capacity, and the plan states the cost', async () => {
  const { autoscaling } = clients()
  const AutoScalingGroupName = 'rag-workers'
  await autoscaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MinSize: 1 }))
  const { outcome } = await it.deliver(it.event())
  expect(outcome?.status, outcome?.why).toBe('contained')
  expect(outcome?.plan?.caveats.join(' ')).toContain('is at its minimum size and launches a replacement')
  const names = { AutoScalingGroupNames: [AutoScalingGroupName] }
  const { AutoScalingGroups } = await autoscaling.send(new DescribeAutoScalingGroupsCommand(names))
  expect(AutoScalingGroups?.[0]?.DesiredCapacity).toBe(1)
})

test('an instance that was stopped is not returned to its group automatically', async () => {
  await it.deliver(it.event())
  const InstanceIds = [it.stage.target.instanceId ?? '']
  await clients().ec2.send(new StopInstancesCommand({ InstanceIds }))
  const { outcome, calls } = await it.deliver(await it.clock())
  expect(outcome).toMatchObject({ status: 'drifted', why: 'Changed by others since: /power' })
  expect(written(calls)).toEqual([])
})

// moto 5.2.5 supports no IPv6 addresses or prefixes on interfaces: this test uses what AWS would return.
test('IPv6 addresses in every spelling and whole prefixes are denied too', () => {
  const nic = {
    VpcId: 'vpc-1',
    PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.5' }],
    Ipv6Addresses: [{ Ipv6Address: '2001:db8:0:0:0:0:0:5' }],
    Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.32/28' }],
  }
  const deny = { RuleAction: 'deny' as const, Protocol: '-1' }
  const Entries: NetworkAclEntry[] = [
    { ...deny, RuleNumber: 1, Egress: true, Ipv6CidrBlock: '2001:db8::5/128' },
    { ...deny, RuleNumber: 2, Egress: true, CidrBlock: '10.0.0.5/32', Protocol: '6' },
    { ...deny, RuleNumber: 3, Egress: true, CidrBlock: '10.0.0.0/24' },
  ]
  const acl = { NetworkAclId: 'acl-1', VpcId: 'vpc-1', Entries }
  const open = { ingress: 'open', egress: 'open' }
  expect(aclsOf({ NetworkInterfaces: [nic] }, [acl])).toEqual({
    'acl-1': {
      '10.0.0.32/28': open,
      '10.0.0.5/32': open,
      '2001:db8::5/128': { ingress: 'open', egress: 'deny' },
    },
  })
})

test('an ACL without room for a rule for every address is left out', () => {
  const addresses = Array.from({ length: 41 }, (_, index) => ({ PrivateIpAddress: `10.0.0.${index}` }))
  const nic = { VpcId: 'vpc-1', PrivateIpAddresses: addresses }
  const acl = { NetworkAclId: 'acl-1', VpcId: 'vpc-1', Entries: [] }
  expect(aclsOf({ NetworkInterfaces: [nic] }, [acl])).toEqual({})
  const fewer = { ...nic, PrivateIpAddresses: addresses.slice(1) }
  expect(Object.keys(aclsOf({ NetworkInterfaces: [fewer] }, [acl])['acl-1'] ?? {})).toHaveLength(40)
})
