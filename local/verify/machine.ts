import { AutoScalingClient, DescribeAutoScalingInstancesCommand } from '@aws-sdk/client-auto-scaling'
import {
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstanceAttributeCommand,
  DescribeNetworkAclsCommand,
  DescribeSecurityGroupsCommand,
} from '@aws-sdk/client-ec2'
import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { ec2, instance } from './instance.ts'
import type { VerifiedFact } from './verified-fact.ts'

interface Interface {
  id: string
  subnet: string
  cidr: string
  groups: string[]
}

/** Whether an instance is isolated on every network path and preserved for the investigation. */
export async function quarantined({ instanceId = '' }): Promise<VerifiedFact[]> {
  const { NetworkInterfaces = [] } = await instance(instanceId)
  const interfaces = NetworkInterfaces.map((one) => ({
    id: one.NetworkInterfaceId ?? '',
    subnet: one.SubnetId ?? '',
    cidr: `${one.PrivateIpAddress}/32`,
    groups: (one.Groups ?? []).map(({ GroupId = '' }) => GroupId),
  }))
  const facts = await Promise.all([
    ruleless(interfaces),
    denied(interfaces),
    withoutProfile(instanceId),
    keptFromEnd(instanceId),
    withoutWork(instanceId),
  ])
  return facts.flat()
}

async function ruleless(interfaces: Interface[]): Promise<VerifiedFact[]> {
  const GroupIds = [...new Set(interfaces.flatMap(({ groups }) => groups))]
  const { SecurityGroups = [] } = await ec2().send(new DescribeSecurityGroupsCommand({ GroupIds }))
  const bare = SecurityGroups.filter((one) => !one.IpPermissions?.length && !one.IpPermissionsEgress?.length)
  const isBare = (id: string) => bare.some(({ GroupId }) => GroupId === id)
  return interfaces.map(({ id, groups }) => ({
    says: 'its interfaces are in a security group without rules',
    of: id,
    holds: groups.length > 0 && groups.every(isBare),
  }))
}

async function denied(interfaces: Interface[]): Promise<VerifiedFact[]> {
  const Filters = [
    { Name: 'association.subnet-id', Values: [...new Set(interfaces.map(({ subnet }) => subnet))] },
  ]
  const { NetworkAcls = [] } = await ec2().send(new DescribeNetworkAclsCommand({ Filters }))
  const denials = NetworkAcls.flatMap(({ Entries = [] }) => Entries).filter(
    ({ RuleAction }) => RuleAction === 'deny',
  )
  const ways = (cidr: string) =>
    denials.filter(({ CidrBlock }) => CidrBlock === cidr).map(({ Egress }) => Egress)
  return interfaces.map(({ cidr }) => ({
    says: 'the network ACL denies its addresses in both directions',
    of: cidr,
    holds: ways(cidr).includes(true) && ways(cidr).includes(false),
  }))
}

async function withoutProfile(instanceId: string): Promise<VerifiedFact> {
  const Filters = [{ Name: 'instance-id', Values: [instanceId] }]
  const found = await ec2().send(new DescribeIamInstanceProfileAssociationsCommand({ Filters }))
  const live = (found.IamInstanceProfileAssociations ?? []).filter(({ State }) => State === 'associated')
  return { says: 'it has no instance profile', holds: live.length === 0 }
}

async function keptFromEnd(InstanceId: string): Promise<VerifiedFact> {
  const asked = new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'disableApiTermination' })
  const { DisableApiTermination } = await ec2().send(asked)
  return { says: 'it is protected against termination', holds: DisableApiTermination?.Value === true }
}

/** Only where the instance took work: in an Auto Scaling group, and behind a load balancer. */
async function withoutWork(instanceId: string): Promise<VerifiedFact[]> {
  const asked = new DescribeAutoScalingInstancesCommand({ InstanceIds: [instanceId] })
  const [scaled] = (await new AutoScalingClient({}).send(asked)).AutoScalingInstances ?? []
  if (!scaled) return []
  const balancing = new ElasticLoadBalancingV2Client({})
  const { TargetGroups = [] } = await balancing.send(new DescribeTargetGroupsCommand({}))
  const health = await Promise.all(
    TargetGroups.map(({ TargetGroupArn }) =>
      balancing.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
    ),
  )
  const behind = health.flatMap(({ TargetHealthDescriptions = [] }) => TargetHealthDescriptions)
  return [
    {
      says: `it is in standby in ${scaled.AutoScalingGroupName}`,
      holds: scaled.LifecycleState === 'Standby',
    },
    {
      says: 'no load balancer sends it requests',
      holds: behind.every(({ Target }) => Target?.Id !== instanceId),
    },
  ]
}
