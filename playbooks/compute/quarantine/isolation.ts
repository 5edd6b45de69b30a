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
import { settleAll } from './concurrency.ts'
import { hasErrorName, ignoreErrors, retryWhile } from './expected-errors.ts'

export const isolationTag = { Key: 'portcullis', Value: 'isolation' }
const missing = ['InvalidGroup.NotFound', 'InvalidGroupId.NotFound', 'InvalidSecurityGroupID.NotFound']

/**
 * The isolation groups of these VPCs that Portcullis created, usually one each. Found by name and by tag: anyone who may
 * create a group could take the name first and add rules later, but only ours got the tag when they were created.
 */
export async function findIsolationGroups(
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

/** Whether a group allows neither inbound nor outbound traffic. */
export const hasNoRules = ({ IpPermissions = [], IpPermissionsEgress = [] }: SecurityGroup): boolean =>
  IpPermissions.length === 0 && IpPermissionsEgress.length === 0

/** The id of the VPC's isolation group, created if it does not exist and with every rule revoked. */
export async function ensureIsolationGroup(ec2: EC2Client, vpc: string, prefix: string): Promise<string> {
  const group = (await findIsolationGroups(ec2, [vpc], prefix))[0] ?? (await create(ec2, vpc, prefix))
  const { GroupId = '', IpPermissions = [], IpPermissionsEgress = [] } = group
  const ingress = new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions })
  const egress = new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: IpPermissionsEgress })
  // Another containment may revoke the rules at the same time.
  const ignoreRevoked = ignoreErrors('InvalidPermission.NotFound')
  await settleAll([
    ...(IpPermissions.length > 0 ? [async () => void (await ec2.send(ingress).catch(ignoreRevoked))] : []),
    ...(IpPermissionsEgress.length > 0
      ? [async () => void (await ec2.send(egress).catch(ignoreRevoked))]
      : []),
  ])
  return GroupId
}

/** Deletes the isolation groups of a VPC that no interface uses. */
export async function deleteUnusedIsolationGroups(
  ec2: EC2Client,
  vpc: string,
  prefix: string,
): Promise<void> {
  const groups = await findIsolationGroups(ec2, [vpc], prefix)
  await settleAll(
    groups.map(
      ({ GroupId = '' }) =>
        () =>
          deleteIfUnused(ec2, GroupId),
    ),
  )
}

async function deleteIfUnused(ec2: EC2Client, GroupId: string): Promise<void> {
  const Filters = [{ Name: 'group-id', Values: [GroupId] }]
  const { NetworkInterfaces } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters, MaxResults: 5 }),
  )
  if (NetworkInterfaces && NetworkInterfaces.length > 0) return
  // EC2 may still list the last interface for a moment, or another containment may use the group by now.
  const inUse = ['DependencyViolation', 'InvalidGroup.InUse']
  await retryWhile(
    (error) => hasErrorName(error, ...inUse),
    () => ec2.send(new DeleteSecurityGroupCommand({ GroupId })),
    [300, 600],
  ).catch(ignoreErrors(...inUse, ...missing))
}

/** Whether an error says that the group was deleted in the meantime. */
export const isMissingGroup = (error: unknown): boolean => hasErrorName(error, ...missing)

async function create(ec2: EC2Client, vpc: string, prefix: string): Promise<SecurityGroup> {
  await createNamed(nameOf(prefix)).catch(async (error) => {
    if (!hasErrorName(error, 'InvalidGroup.Duplicate')) throw error
    // When two instances of a VPC are contained at once, the second uses the first one's group. A group of that name
    // that Portcullis did not create is never used.
    if (await isTaken()) await createNamed(`${nameOf(prefix)}-${randomBytes(4).toString('hex')}`)
  })
  // A new group allows all outbound traffic (by two rules in a VPC with IPv6): read the rules to revoke.
  const notVisible = new Error(`${nameOf(prefix)} was created in ${vpc}, but EC2 does not return it yet.`)
  return retryWhile(
    (error) => error === notVisible,
    async () => {
      const [created] = await findIsolationGroups(ec2, [vpc], prefix)
      if (!created) throw notVisible
      return created
    },
  )

  async function createNamed(GroupName: string): Promise<void> {
    const group = new CreateSecurityGroupCommand({
      VpcId: vpc,
      GroupName,
      Description: 'Portcullis isolation: no inbound or outbound rules',
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
