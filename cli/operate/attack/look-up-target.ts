import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2'
import { GetRoleCommand, GetUserCommand, IAMClient, ListAccessKeysCommand } from '@aws-sdk/client-iam'
import { sanitize } from '../../../lib/text/sanitize.ts'
import { Problem } from '../../shell/errors.ts'
import type { ScenarioName } from './scenarios.ts'

/** Looks a target up by its name. Throws `no-target` when it does not exist. */
export async function lookUpTarget<T>(
  key: ScenarioName,
  value: string,
  look: () => Promise<T | undefined>,
): Promise<T> {
  let why = 'it does not exist in this account and Region'
  const found = await look().catch((error: Error) => {
    // Other errors concern credentials or the network, and have their own codes.
    if (!/^(NoSuchEntity|InvalidInstanceID)/.test(error.name)) throw error
    why = error.message
    return undefined
  })
  if (found) return found
  throw new Problem('no-target', `${key} "${sanitize(value, 80)}" does not exist`, {
    why,
    fix: `--set ${key}=<a test resource>`,
  })
}

export async function roleFacts(RoleName: string) {
  const { Role } = await new IAMClient({}).send(new GetRoleCommand({ RoleName }))
  return Role && { id: Role.RoleId, arn: Role.Arn }
}

export async function userOf(UserName: string, accessKeyId: string | undefined) {
  const iam = new IAMClient({})
  const [{ User }, { AccessKeyMetadata = [] }] = await Promise.all([
    iam.send(new GetUserCommand({ UserName })),
    iam.send(new ListAccessKeysCommand({ UserName })),
  ])
  const key = accessKeyId ?? AccessKeyMetadata[0]?.AccessKeyId
  return User && { id: User.UserId, arn: User.Arn, ...(key && { key }) }
}

export async function machineOf(id: string) {
  const { Reservations = [] } = await new EC2Client({}).send(
    new DescribeInstancesCommand({ InstanceIds: [id] }),
  )
  const found = Reservations[0]?.Instances?.[0]
  if (!found) return undefined
  return {
    machine: { id, interfaces: (found.NetworkInterfaces ?? []).map((one) => one.NetworkInterfaceId) },
    network: {
      vpc: found.VpcId,
      subnet: found.SubnetId,
      groups: (found.SecurityGroups ?? []).map(({ GroupId }) => GroupId),
    },
  }
}
