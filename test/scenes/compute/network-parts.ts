import { AutoScalingClient } from '@aws-sdk/client-auto-scaling'
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeNetworkAclsCommand,
  EC2Client,
  ReplaceNetworkAclAssociationCommand,
} from '@aws-sdk/client-ec2'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'

// The network of an EC2 instance, for the scenes with one. Calls run one after the other, so that moto returns the
// same ids for the same seed.

const AvailabilityZone = 'us-east-1a'
const everywhere = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }

export const clients = () => ({
  ec2: new EC2Client({}),
  autoscaling: new AutoScalingClient({}),
  elb: new ElasticLoadBalancingV2Client({}),
})

export interface Vpc {
  id: string
  subnets: string[]
  /** Denies an address in the ACL of the second subnet, but after the allow rules: without effect. */
  denyTooLate(address: string): Promise<void>
}

/** A VPC whose second subnet has its own ACL, as subnets of databases do. */
export async function vpc(net: string, subnets: number): Promise<Vpc> {
  const { ec2 } = clients()
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: `${net}.0.0/16` }))
  const VpcId = Vpc?.VpcId ?? ''
  const ids: string[] = []
  for (let index = 0; index < subnets; index++) {
    const subnet = new CreateSubnetCommand({ VpcId, AvailabilityZone, CidrBlock: `${net}.${index}.0/24` })
    ids.push((await ec2.send(subnet)).Subnet?.SubnetId ?? '')
  }
  const rule = { Protocol: '-1', RuleNumber: 0, RuleAction: 'allow' as const, CidrBlock: '0.0.0.0/0' }
  let NetworkAclId = ''
  if (ids[1]) {
    const Filters = [{ Name: 'association.subnet-id', Values: [ids[1]] }]
    const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }))
    const here = NetworkAcls?.[0]?.Associations?.find(({ SubnetId }) => SubnetId === ids[1])
    NetworkAclId = (await ec2.send(new CreateNetworkAclCommand({ VpcId }))).NetworkAcl?.NetworkAclId ?? ''
    const moved = { AssociationId: here?.NetworkAclAssociationId, NetworkAclId }
    await ec2.send(new ReplaceNetworkAclAssociationCommand(moved))
    // One rule number is in use: ours must be different.
    for (const [RuleNumber, RuleAction, CidrBlock] of [
      [1, 'deny', '203.0.113.0/24'],
      [50, 'allow', '0.0.0.0/0'],
    ] as const)
      for (const Egress of [false, true])
        await ec2.send(
          new CreateNetworkAclEntryCommand({
            ...rule,
            NetworkAclId,
            RuleNumber,
            RuleAction,
            CidrBlock,
            Egress,
          }),
        )
  }
  return {
    id: VpcId,
    subnets: ids,
    async denyTooLate(address) {
      const late = { ...rule, RuleNumber: 300, RuleAction: 'deny' as const, CidrBlock: `${address}/32` }
      await ec2.send(new CreateNetworkAclEntryCommand({ ...late, NetworkAclId, Egress: false }))
    },
  }
}

/** A security group; `opened` allows all inbound traffic, `worn` is in use by another interface. */
export async function group(
  { id: VpcId, subnets: [SubnetId] }: Vpc,
  GroupName: string,
  { opened = false, worn = false } = {},
): Promise<string> {
  const { ec2 } = clients()
  const Tags = opened ? [{ Key: 'portcullis', Value: 'isolation' }] : [{ Key: 'Name', Value: GroupName }]
  const TagSpecifications = [{ ResourceType: 'security-group' as const, Tags }]
  const made = new CreateSecurityGroupCommand({ GroupName, VpcId, Description: GroupName, TagSpecifications })
  const { GroupId = '' } = await ec2.send(made)
  if (opened)
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [everywhere] }))
  if (worn) await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId, Groups: [GroupId] }))
  return GroupId
}
