import { randomBytes } from 'node:crypto'
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
import { every, hasErrorName, patiently, unless } from './together.ts'

export const isolationTag = { Key: 'portcullis', Value: 'isolation' }
const gone = ['InvalidGroup.NotFound', 'InvalidGroupId.NotFound', 'InvalidSecurityGroupID.NotFound']

/**
 * Our isolation groups of these VPCs, mostly one each. By name and by tag: anybody who may make a group can take
 * the name before us, and open his group later; ours has had the tag since it was made.
 */
export async function findIsolation(
  ec2: EC2Client,
  vpcs: string[],
  prefix: string,
): Promise<SecurityGroup[]> {
  if (vpcs.length === 0) return []
  const Filters = [
    { Name: 'vpc-id', Values: vpcs },
    { Name: 'group-name', Values: [nameOf(prefix), `${nameOf(prefix)}-*`] },
    { Name: `tag:${isolationTag.Key}`, Values: [isolationTag.Value] },
  ]
  return (await ec2.send(new DescribeSecurityGroupsCommand({ Filters }))).SecurityGroups ?? []
}

/** No rule at all: nothing in, nothing out. */
export const isSealed = ({ IpPermissions = [], IpPermissionsEgress = [] }: SecurityGroup): boolean =>
  IpPermissions.length === 0 && IpPermissionsEgress.length === 0

/** The id of the VPC's isolation group: made if it is not there, emptied of whatever rules it has. */
export async function ensureIsolation(ec2: EC2Client, vpc: string, prefix: string): Promise<string> {
  const group = (await findIsolation(ec2, [vpc], prefix))[0] ?? (await create(ec2, vpc, prefix))
  const { GroupId = '', IpPermissions = [], IpPermissionsEgress = [] } = group
  const ingress = new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions })
  const egress = new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: IpPermissionsEgress })
  // Another containment may empty it at this moment.
  const emptied = unless('InvalidPermission.NotFound')
  await every([
    ...(IpPermissions.length > 0 ? [async () => void (await ec2.send(ingress).catch(emptied))] : []),
    ...(IpPermissionsEgress.length > 0 ? [async () => void (await ec2.send(egress).catch(emptied))] : []),
  ])
  return GroupId
}

/** Deletes the isolation groups of a VPC that no interface has any more. */
export async function dropIsolation(ec2: EC2Client, vpc: string, prefix: string): Promise<void> {
  const groups = await findIsolation(ec2, [vpc], prefix)
  await every(
    groups.map(
      ({ GroupId = '' }) =>
        () =>
          drop(ec2, GroupId),
    ),
  )
}

async function drop(ec2: EC2Client, GroupId: string): Promise<void> {
  const Filters = [{ Name: 'group-id', Values: [GroupId] }]
  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters, MaxResults: 5 }),
  )
  if (NetworkInterfaces && NetworkInterfaces.length > 0) return
  // EC2 may think for a moment that the last interface still has it; another containment may have taken it.
  const inUse = (error: unknown) => hasErrorName(error, 'DependencyViolation', 'InvalidGroup.InUse')
  await patiently(() => ec2.send(new DeleteSecurityGroupCommand({ GroupId })), inUse, [300, 600]).catch(
    unless('DependencyViolation', 'InvalidGroup.InUse', ...gone),
  )
}

/** Whether an error says that the group was deleted under our hands. */
export const isMissingGroup = (error: unknown): boolean => hasErrorName(error, ...gone)

async function create(ec2: EC2Client, vpc: string, prefix: string): Promise<SecurityGroup> {
  await make(nameOf(prefix)).catch(async (error) => {
    if (!hasErrorName(error, 'InvalidGroup.Duplicate')) throw error
    // Two instances of one VPC contained at once: the second uses the first one's group. A stranger's is left alone.
    if (await isTaken()) await make(`${nameOf(prefix)}-${randomBytes(4).toString('hex')}`)
  })
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

  async function make(GroupName: string): Promise<void> {
    const group = new CreateSecurityGroupCommand({
      VpcId: vpc,
      GroupName,
      Description: 'Portcullis: no way in, no way out',
      TagSpecifications: [{ ResourceType: 'security-group', Tags: [isolationTag] }],
    })
    await ec2.send(group)
  }

  async function isTaken(): Promise<boolean> {
    const Filters = [
      { Name: 'vpc-id', Values: [vpc] },
      { Name: 'group-name', Values: [nameOf(prefix)] },
    ]
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }))
    return SecurityGroups.some((group) => !isOurs(group))
  }
}

const nameOf = (prefix: string) => `${prefix}-isolation`

const isOurs = ({ Tags }: SecurityGroup): boolean =>
  Tags?.some(({ Key, Value }) => Key === isolationTag.Key && Value === isolationTag.Value) ?? false
