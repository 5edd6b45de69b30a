import { DescribeAutoScalingGroupsCommand } from '@aws-sdk/client-auto-scaling'
import {
  DescribeIamInstanceProfileAssociationsCommand,
  DescribeInstanceAttributeCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  ModifyInstanceAttributeCommand,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2'
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2'
import { quarantineInstance } from '../../../playbooks/compute/quarantine-instance.ts'
import type { Scene } from '../scene.ts'
import { instance, profile, scaling, tag, targetGroups, terminate } from './instance-parts.ts'
import { clients, group, vpc } from './network-parts.ts'

export const scene: Scene = {
  playbook: quarantineInstance,
  async build() {
    const { ec2, autoscaling, elb } = clients()
    const home = await vpc('10.20', 2)
    // An interface in another VPC can be attached too: the isolation group exists there, with a rule that was added.
    const other = await vpc('10.30', 1)
    const web = await group(home, 'web')
    const admin = await group(home, 'admin')
    const management = await group(other, 'management')
    await group(other, 'portcullis-test-isolation', { opened: true, worn: true })

    const wearing = [
      { subnet: home.subnets[0], groups: [web, admin] },
      { subnet: home.subnets[1], groups: [web] },
      { subnet: other.subnets[0], groups: [management] },
    ]
    const { instanceId, nics } = await instance(wearing, { profile: await profile('rag-worker') })
    const addresses = nics.flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? [])
    await home.denyTooLate(addresses[0] ?? '')
    const arns = await targetGroups(home.id, [
      { type: 'instance', Id: instanceId },
      { type: 'ip', Id: addresses[1] ?? '' },
    ])
    const AutoScalingGroupName = await scaling(instanceId, home.subnets)

    return {
      target: { account: '123456789012', region: 'us-east-1', instanceId },
      async look() {
        const inVpcs = [{ Name: 'vpc-id', Values: [home.id, other.id] }]
        const ofInstance = (Name: string) => ({ Filters: [{ Name, Values: [instanceId] }] })
        const worn = await ec2.send(
          new DescribeNetworkInterfacesCommand(ofInstance('attachment.instance-id')),
        )
        const acls = await ec2.send(new DescribeNetworkAclsCommand({ Filters: inVpcs }))
        const groups = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: inVpcs }))
        const members = await autoscaling.send(
          new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [AutoScalingGroupName] }),
        )
        const health = arns.map((TargetGroupArn) =>
          elb.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
        )
        const ask = { InstanceId: instanceId }
        const [ends, stops] = await Promise.all([
          ec2.send(new DescribeInstanceAttributeCommand({ ...ask, Attribute: 'disableApiTermination' })),
          ec2.send(
            new DescribeInstanceAttributeCommand({ ...ask, Attribute: 'instanceInitiatedShutdownBehavior' }),
          ),
        ])
        const roles = await ec2.send(
          new DescribeIamInstanceProfileAssociationsCommand(ofInstance('instance-id')),
        )
        return {
          interfaces: sorted(worn.NetworkInterfaces, ({ NetworkInterfaceId, Groups }) => ({
            NetworkInterfaceId,
            groups: sorted(Groups, ({ GroupId }) => GroupId),
          })),
          acls: sorted(acls.NetworkAcls, ({ NetworkAclId, Entries }) => ({
            NetworkAclId,
            entries: sorted(Entries, (entry) => entry),
          })),
          // Without rules: the release does not restore the rule in the isolation group.
          groups: sorted(groups.SecurityGroups, ({ GroupId, GroupName, VpcId }) => ({
            GroupName,
            VpcId,
            GroupId,
          })),
          scaling: members.AutoScalingGroups?.map(({ DesiredCapacity, MinSize, MaxSize, Instances }) => ({
            sizes: [MinSize, DesiredCapacity, MaxSize],
            instances: sorted(Instances, ({ InstanceId, LifecycleState }) => ({
              InstanceId,
              LifecycleState,
            })),
          })),
          targets: (await Promise.all(health)).map(({ TargetHealthDescriptions }) =>
            sorted(TargetHealthDescriptions, ({ Target, TargetHealth }) => ({
              Target,
              state: TargetHealth?.State,
            })),
          ),
          termination: ends.DisableApiTermination,
          shutdown: stops.InstanceInitiatedShutdownBehavior,
          // Without the id of the association, which is new after every release.
          profiles: roles.IamInstanceProfileAssociations?.map(
            ({ IamInstanceProfile }) => IamInstanceProfile?.Arn,
          ),
        }
      },
      protect: () => tag(instanceId, 'portcullis:protected'),
      /** A well-meaning colleague restores their own access. */
      async meddle() {
        const NetworkInterfaceId = nics[1]?.NetworkInterfaceId
        await ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups: [admin] }))
      },
      async destroy() {
        const off = { InstanceId: instanceId, DisableApiTermination: { Value: false } }
        await ec2.send(new ModifyInstanceAttributeCommand(off))
        await terminate(instanceId)
      },
    }
  },
}

const sorted = <T, R>(all: T[] | undefined, shape: (one: T) => R): R[] =>
  (all ?? []).map(shape).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
