import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroup,
} from '@aws-sdk/client-ec2'
import { named, patiently, unless } from './together.ts'

export const isolationTag = { Key: 'portcullis', Value: 'isolation' }
const gone = ['InvalidGroup.NotFound', 'InvalidGroupId.NotFound', 'InvalidSecurityGroupID.NotFound']

/** The isolation groups of these VPCs, at most one each. */
export async function findIsolation(
  ec2: EC2Client,
  vpcs: string[],
  prefix: string,
): Promise<SecurityGroup[]> {
  if (vpcs.length === 0) return []
  const Filters = [
    { Name: 'vpc-id', Values: vpcs },
    { Name: 'group-name', Values: [nameOf(prefix)] },
  ]
  return (await ec2.send(new DescribeSecurityGroupsCommand({ Filters }))).SecurityGroups ?? []
}

/** No rule at all: nothing in, nothing out. */
export const isSealed = ({ IpPermissions = [], IpPermissionsEgress = [] }: SecurityGroup): boolean =>
  IpPermissions.length === 0 && IpPermissionsEgress.length === 0

/** The id of the VPC's isolation group: made if it is not there, emptied of whatever rules it has. */
export async function ensureIsolation(ec2: EC2Client, vpc: string, prefix: string): Promise<string> {
  const group = (await findIsolation(ec2, [vpc], prefix))[0] ?? (await create(ec2, vpc, prefix))
  if (!isSealed(group) && !isOurs(group))
    throw new Error(
      `${group.GroupId} is called ${nameOf(prefix)}, has rules and is not ours: rename or empty it.`,
    )
  const { GroupId = '', IpPermissions = [], IpPermissionsEgress = [] } = group
  // Another containment may empty it at this moment.
  const emptied = unless('InvalidPermission.NotFound')
  if (IpPermissions.length > 0)
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions })).catch(emptied)
  if (IpPermissionsEgress.length > 0)
    await ec2
      .send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: IpPermissionsEgress }))
      .catch(emptied)
  return GroupId
}

/** Deletes the VPC's isolation group, if it is ours and no interface has it any more. */
export async function dropIsolation(ec2: EC2Client, vpc: string, prefix: string): Promise<void> {
  const group = (await findIsolation(ec2, [vpc], prefix)).find(isOurs)
  if (!group) return
  const GroupId = group.GroupId ?? ''
  const Filters = [{ Name: 'group-id', Values: [GroupId] }]
  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters, MaxResults: 5 }),
  )
  if (NetworkInterfaces && NetworkInterfaces.length > 0) return
  // EC2 may think for a moment that the last interface still has it; another containment may have taken it.
  const inUse = (error: unknown) => named(error, 'DependencyViolation', 'InvalidGroup.InUse')
  await patiently(() => ec2.send(new DeleteSecurityGroupCommand({ GroupId })), inUse, [300, 600]).catch(
    unless('DependencyViolation', 'InvalidGroup.InUse', ...gone),
  )
}

/** Whether an error says that the group was deleted under our hands. */
export const isMissingGroup = (error: unknown): boolean => named(error, ...gone)

async function create(ec2: EC2Client, vpc: string, prefix: string): Promise<SecurityGroup> {
  const group = new CreateSecurityGroupCommand({
    VpcId: vpc,
    GroupName: nameOf(prefix),
    Description: 'Portcullis: no way in, no way out',
    TagSpecifications: [{ ResourceType: 'security-group', Tags: [isolationTag] }],
  })
  // Two instances of one VPC contained at once: the second finds the first one's group.
  await ec2.send(group).catch(unless('InvalidGroup.Duplicate'))
  // It comes with a rule that lets everything out (two where the VPC has IPv6): read what there is to revoke.
  const unseen = new Error(`${nameOf(prefix)} was made in ${vpc} and is not to be seen.`)
  return patiently(
    async () => {
      const [made] = await findIsolation(ec2, [vpc], prefix)
      if (!made) throw unseen
      return made
    },
    (error) => error === unseen,
  )
}

const nameOf = (prefix: string) => `${prefix}-isolation`

const isOurs = ({ Tags }: SecurityGroup): boolean =>
  Tags?.some(({ Key, Value }) => Key === isolationTag.Key && Value === isolationTag.Value) ?? false
