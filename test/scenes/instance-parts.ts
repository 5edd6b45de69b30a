import {
  AttachInstancesCommand,
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  AttachNetworkInterfaceCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateLaunchTemplateCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  EC2Client,
  type InstanceNetworkInterface,
  ReplaceNetworkAclAssociationCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import {
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam'

// Everything an EC2 instance hangs on, for the scenes that play around one. One call after the other: with the same
// seed, moto then gives the same ids.

const ImageId = 'ami-12c6146b'
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
  /** Somebody denies an address in the second subnet's ACL, but after the allows: it cuts nothing. */
  denyTooLate(address: string): Promise<void>
}

/** A VPC; its second subnet has an ACL of its own, as subnets of databases have. */
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
    // One number is taken: ours must go around it.
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

/** A security group; `opened` lets everything in, `worn` is had by an interface of something else. */
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

/** An instance profile with a role; gives its ARN. */
export async function profile(name: string): Promise<string> {
  const iam = new IAMClient({})
  const nobody = JSON.stringify({ Version: '2012-10-17', Statement: [] })
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: nobody }))
  const { InstanceProfile } = await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }))
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }))
  return InstanceProfile?.Arn ?? ''
}

/** A running instance with an interface in each of these subnets, the later ones attached with two addresses. */
export async function instance(
  [first, ...rest]: { subnet: string | undefined; groups: string[] }[],
  { profile, volumes = [] }: { profile?: string; volumes?: string[] },
): Promise<{ instanceId: string; nics: InstanceNetworkInterface[]; volumes: string[] }> {
  const { ec2 } = clients()
  // moto 5.2.5 has the groups of a launch on every interface for good: here they are the interface's alone.
  const run = new RunInstancesCommand({
    ImageId,
    MinCount: 1,
    MaxCount: 1,
    ...(profile && { IamInstanceProfile: { Arn: profile } }),
    InstanceInitiatedShutdownBehavior: 'terminate',
    NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: first?.subnet, Groups: first?.groups }],
    BlockDeviceMappings: volumes.map((DeviceName) => ({ DeviceName, Ebs: { VolumeSize: 8 } })),
  })
  const { Instances } = await ec2.send(run)
  const InstanceId = Instances?.[0]?.InstanceId ?? ''
  for (const [index, { subnet, groups }] of rest.entries()) {
    const addresses = { SecondaryPrivateIpAddressCount: 1 }
    const made = new CreateNetworkInterfaceCommand({ SubnetId: subnet, Groups: groups, ...addresses })
    const { NetworkInterface } = await ec2.send(made)
    const { NetworkInterfaceId } = NetworkInterface ?? {}
    await ec2.send(
      new AttachNetworkInterfaceCommand({ InstanceId, NetworkInterfaceId, DeviceIndex: index + 1 }),
    )
  }
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }))
  const running = Reservations?.[0]?.Instances?.[0]
  return {
    instanceId: InstanceId,
    nics: running?.NetworkInterfaces ?? [],
    volumes: (running?.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.VolumeId ?? []),
  }
}

/** Target groups, each with one target; gives their ARNs. */
export async function targetGroups(VpcId: string, targets: { type: 'instance' | 'ip'; Id: string }[]) {
  const { elb } = clients()
  const arns: string[] = []
  for (const { type, Id } of targets) {
    const group = { Name: `by-${type}`, TargetType: type, VpcId, Protocol: 'HTTP' as const, Port: 80 }
    const { TargetGroups } = await elb.send(new CreateTargetGroupCommand(group))
    const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? ''
    await elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id, Port: 8080 }] }))
    arns.push(TargetGroupArn)
  }
  return arns
}

/** An Auto Scaling group that the instance was attached to, and that may do without it; gives its name. */
export async function scaling(InstanceId: string, subnets: string[]): Promise<string> {
  const { ec2, autoscaling } = clients()
  const LaunchTemplateName = 'rag-workers'
  const LaunchTemplateData = { ImageId, InstanceType: 't3.micro' as const }
  await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName, LaunchTemplateData }))
  const AutoScalingGroupName = 'rag-workers'
  await autoscaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName,
      LaunchTemplate: { LaunchTemplateName, Version: '$Latest' },
      VPCZoneIdentifier: subnets.join(','),
      MinSize: 0,
      MaxSize: 3,
      DesiredCapacity: 0,
    }),
  )
  await autoscaling.send(new AttachInstancesCommand({ AutoScalingGroupName, InstanceIds: [InstanceId] }))
  return AutoScalingGroupName
}

export async function tag(InstanceId: string, Key: string): Promise<void> {
  await clients().ec2.send(new CreateTagsCommand({ Resources: [InstanceId], Tags: [{ Key, Value: 'true' }] }))
}

export async function terminate(InstanceId: string): Promise<void> {
  await clients().ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }))
}
