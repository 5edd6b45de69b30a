import { AttachInstancesCommand, CreateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling'
import {
  AttachNetworkInterfaceCommand,
  CreateLaunchTemplateCommand,
  CreateNetworkInterfaceCommand,
  CreateTagsCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DetachNetworkInterfaceCommand,
  type InstanceNetworkInterface,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import { CreateTargetGroupCommand, RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam'
import { clients } from './network-parts.ts'

// An EC2 instance and the resources around it, for the scenes with one.

const ImageId = 'ami-12c6146b'

/** Creates an instance profile with a role. Returns its ARN. */
export async function profile(name: string): Promise<string> {
  const iam = new IAMClient({})
  const emptyPolicy = JSON.stringify({ Version: '2012-10-17', Statement: [] })
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: emptyPolicy }))
  const { InstanceProfile } = await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }))
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }))
  return InstanceProfile?.Arn ?? ''
}

/** Runs an instance with an interface in each of these subnets; those after the first have two addresses. */
export async function instance(
  [first, ...rest]: { subnet: string | undefined; groups: string[] }[],
  { profile, volumes = [] }: { profile?: string; volumes?: string[] },
): Promise<{ instanceId: string; nics: InstanceNetworkInterface[]; volumes: string[] }> {
  const { ec2 } = clients()
  // moto 5.2.5 keeps the security groups of the launch on every interface: here each interface has its own.
  const run = new RunInstancesCommand({
    ImageId,
    MinCount: 1,
    MaxCount: 1,
    ...(profile && { IamInstanceProfile: { Arn: profile } }),
    InstanceInitiatedShutdownBehavior: 'terminate',
    // AWS deletes the first interface with its instance; moto needs the attribute.
    NetworkInterfaces: [
      { DeviceIndex: 0, SubnetId: first?.subnet, Groups: first?.groups, DeleteOnTermination: true },
    ],
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

/** Creates target groups with one target each. Returns their ARNs. */
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

/** Creates an Auto Scaling group with the instance in it that can shrink by one. Returns its name. */
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

/** Terminates an instance, and removes the attachments of the interfaces that remain. */
export async function terminate(InstanceId: string): Promise<void> {
  await clients().ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }))
  await letGo(InstanceId)
}

/** Detaches the interfaces of a terminated instance: AWS does that, moto 5.2.5 does not. */
export async function letGo(InstanceId: string): Promise<void> {
  const { ec2 } = clients()
  const Filters = [{ Name: 'attachment.instance-id', Values: [InstanceId] }]
  const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }))
  for (const { Attachment } of NetworkInterfaces)
    await ec2.send(new DetachNetworkInterfaceCommand({ AttachmentId: Attachment?.AttachmentId }))
}
