import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import type { Seeded } from './seeded.ts'

/** The instances' network: a VPC with a subnet for training and two security groups. */
export async function seedNetwork(): Promise<Seeded['network']> {
  const ec2 = new EC2Client({})
  const vpc = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.20.0.0/16' }))).Vpc?.VpcId ?? ''
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: vpc, CidrBlock: '10.20.1.0/24' }))
  const groups = await Promise.all([group('models', 8080), group('data', 5432)])
  return { vpc, subnet: Subnet?.SubnetId ?? '', groups }

  async function group(name: string, port: number): Promise<string> {
    const Description = `Who may reach the ${name}`
    const made = await ec2.send(new CreateSecurityGroupCommand({ GroupName: name, Description, VpcId: vpc }))
    const GroupId = made.GroupId ?? ''
    const IpPermissions = [
      { IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: '10.20.0.0/16' }] },
    ]
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }))
    return GroupId
  }
}
