import {
  AttachInstancesCommand,
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling'
import {
  AttachNetworkInterfaceCommand,
  CreateLaunchTemplateCommand,
  CreateNetworkInterfaceCommand,
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2'
import {
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Instance, Seeded } from './seeded.ts'

const ImageId = 'ami-12c6146b'
const group = 'trainers'

/** Two instances with two interfaces each: a trainer in an Auto Scaling group and a target group, and a notebook. */
export async function seedFleet(network: Seeded['network'], profile: string): Promise<Seeded['fleet']> {
  const [trainer, notebook] = await Promise.all([launch(network, profile), launch(network, profile)])
  const [targets] = await Promise.all([balance(trainer, network), scale(trainer, network)])
  return { group, targets, trainer, notebook }
}

async function launch(
  { subnet: SubnetId, groups: Groups }: Seeded['network'],
  Name: string,
): Promise<Instance> {
  const ec2 = new EC2Client({})
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId,
      MinCount: 1,
      MaxCount: 1,
      IamInstanceProfile: { Name },
      // Per interface: moto 5.2.5 keeps the groups of a launch on every interface for ever.
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId, Groups }],
    }),
  )
  const id = Instances?.[0]?.InstanceId ?? ''
  const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId, Groups }))
  const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId
  await ec2.send(new AttachNetworkInterfaceCommand({ InstanceId: id, NetworkInterfaceId, DeviceIndex: 1 }))
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
  const interfaces = Reservations?.[0]?.Instances?.[0]?.NetworkInterfaces ?? []
  return { id, interfaces: interfaces.map((one) => one.NetworkInterfaceId ?? '') }
}

async function balance({ id: Id }: Instance, { vpc: VpcId }: Seeded['network']): Promise<string> {
  const balancing = new ElasticLoadBalancingV2Client({})
  const made = new CreateTargetGroupCommand({ Name: group, Protocol: 'HTTP', Port: 8080, VpcId })
  const TargetGroupArn = (await balancing.send(made)).TargetGroups?.[0]?.TargetGroupArn ?? ''
  await balancing.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [{ Id, Port: 8080 }] }))
  return TargetGroupArn
}

async function scale(
  { id }: Instance,
  { subnet, groups: SecurityGroupIds }: Seeded['network'],
): Promise<void> {
  const scaling = new AutoScalingClient({})
  const LaunchTemplateData = { ImageId, InstanceType: 'g6.xlarge' as const, SecurityGroupIds }
  await new EC2Client({}).send(
    new CreateLaunchTemplateCommand({ LaunchTemplateName: group, LaunchTemplateData }),
  )
  const made = new CreateAutoScalingGroupCommand({
    AutoScalingGroupName: group,
    LaunchTemplate: { LaunchTemplateName: group, Version: '$Latest' },
    VPCZoneIdentifier: subnet,
    MinSize: 0,
    MaxSize: 2,
    DesiredCapacity: 0,
  })
  await scaling.send(made)
  await scaling.send(new AttachInstancesCommand({ AutoScalingGroupName: group, InstanceIds: [id] }))
}
