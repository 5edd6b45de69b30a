import type { Grants } from '../../../engine/playbook.ts'
import { isolationTag } from './isolation.ts'

const ec2 = (...kinds: string[]) => kinds.map((kind) => `arn:aws:ec2:*:*:${kind}/*`)

const isolationGroup = {
  on: ec2('security-group'),
  when: { StringEquals: { [`ec2:ResourceTag/${isolationTag.Key}`]: isolationTag.Value } },
}

/** What the read calls. EC2, Auto Scaling and load balancing have no resource-level permissions for these. */
export const reads: Grants = {
  'autoscaling:DescribeAutoScalingGroups': '*',
  'autoscaling:DescribeAutoScalingInstances': '*',
  'ec2:DescribeIamInstanceProfileAssociations': '*',
  'ec2:DescribeInstanceAttribute': '*',
  'ec2:DescribeInstances': '*',
  'ec2:DescribeNetworkAcls': '*',
  'ec2:DescribeSecurityGroups': '*',
  'elasticloadbalancing:DescribeTargetGroups': '*',
  'elasticloadbalancing:DescribeTargetHealth': '*',
}

const scalingGroups = ['arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/*']
const targetGroups = ['arn:aws:elasticloadbalancing:*:*:targetgroup/*/*']

/** What the write calls, on as few resources as AWS supports. Source: Service Authorization Reference. */
export const writes: Grants = {
  'autoscaling:EnterStandby': scalingGroups,
  'autoscaling:ExitStandby': scalingGroups,
  'ec2:AssociateIamInstanceProfile': ec2('instance'),
  'ec2:CreateNetworkAclEntry': ec2('network-acl'),
  'ec2:CreateSecurityGroup': ec2('security-group', 'vpc'),
  'ec2:CreateTags': {
    on: ec2('security-group'),
    when: {
      StringEquals: {
        'ec2:CreateAction': 'CreateSecurityGroup',
        [`aws:RequestTag/${isolationTag.Key}`]: isolationTag.Value,
      },
    },
  },
  'ec2:DeleteNetworkAclEntry': ec2('network-acl'),
  'ec2:DeleteSecurityGroup': isolationGroup,
  'ec2:DescribeNetworkInterfaces': '*',
  'ec2:DisassociateIamInstanceProfile': ec2('instance'),
  // User data runs as root at the next boot, so this one attribute is excluded.
  'ec2:ModifyInstanceAttribute': {
    on: ec2('instance'),
    when: {
      Null: { 'ec2:Attribute/UserData': 'true' },
      StringNotEqualsIgnoreCaseIfExists: { 'ec2:Attribute': 'userData' },
    },
  },
  'ec2:ModifyNetworkInterfaceAttribute': ec2('instance', 'network-interface', 'security-group'),
  'ec2:RevokeSecurityGroupEgress': isolationGroup,
  'ec2:RevokeSecurityGroupIngress': isolationGroup,
  'elasticloadbalancing:DeregisterTargets': targetGroups,
  'elasticloadbalancing:RegisterTargets': targetGroups,
  // To associate a profile again passes its role to EC2, and that may be any role.
  'iam:PassRole': {
    on: ['arn:aws:iam::*:role/*'],
    when: { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] } },
  },
}
