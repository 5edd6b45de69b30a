import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling'
import {
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Seeded } from './seeded.ts'

/** The instances: interfaces with their groups, tags, profile, protection, scaling group and load balancer targets. */
export async function lookAtFleet({ fleet }: Seeded) {
  const [ec2, scaling, balancing] = [
    new EC2Client({}),
    new AutoScalingClient({}),
    new ElasticLoadBalancingV2Client({}),
  ]
  const InstanceIds = [fleet.trainer.id, fleet.notebook.id]
  const [{ Reservations = [] }, profiles, groups, targets, protections] = await Promise.all([
    ec2.send(new DescribeInstancesCommand({ InstanceIds })),
    ec2.send(new DescribeIamInstanceProfileAssociationsCommand({})),
    scaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [fleet.group] })),
    balancing.send(new DescribeTargetHealthCommand({ TargetGroupArn: fleet.targets })),
    Promise.all(InstanceIds.map(protection)),
  ])
  return {
    instances: Reservations.flatMap(({ Instances = [] }) => Instances).map((one) => ({
      id: one.InstanceId,
      state: one.State?.Name,
      tags: one.Tags,
      interfaces: one.NetworkInterfaces?.map(({ NetworkInterfaceId: id, Groups }) => ({ id, Groups })),
    })),
    protections,
    profiles: profiles.IamInstanceProfileAssociations?.map(({ InstanceId, IamInstanceProfile, State }) => ({
      InstanceId,
      profile: IamInstanceProfile?.Arn,
      State,
    })),
    scaling: groups.AutoScalingGroups?.map(({ DesiredCapacity, Instances }) => ({
      DesiredCapacity,
      instances: Instances?.map(({ InstanceId, LifecycleState }) => ({ InstanceId, LifecycleState })),
    })),
    targets: targets.TargetHealthDescriptions?.map(({ Target }) => Target),
  }

  async function protection(InstanceId: string) {
    const [termination, shutdown] = await Promise.all([
      ec2.send(new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'disableApiTermination' })),
      ec2.send(
        new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'instanceInitiatedShutdownBehavior' }),
      ),
    ])
    return {
      InstanceId,
      termination: termination.DisableApiTermination,
      shutdown: shutdown.InstanceInitiatedShutdownBehavior,
    }
  }
}
