import {
  AddRoleToInstanceProfileCommand,
  CreateAccessKeyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { type RoleName, roleNames, type Seeded, type UserName, userNames } from './seeded.ts'

const may = (...Action: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })

const trusting = (Service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }],
  })

/** The instance profile, which holds the role `rag-indexer`. */
export const profile: RoleName = 'rag-indexer'

/** Roles that invoke models and users with access keys, which are what an attacker wants. */
export async function seedPeople(): Promise<Pick<Seeded, 'roles' | 'users'>> {
  const iam = new IAMClient({})
  const roles = await Promise.all(roleNames.map(role))
  const users = await Promise.all(userNames.map(user))
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: profile }))
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: profile, RoleName: profile }))
  return {
    roles: Object.fromEntries(roles) as Seeded['roles'],
    users: Object.fromEntries(users) as Seeded['users'],
  }

  async function role(RoleName: RoleName) {
    const AssumeRolePolicyDocument = trusting(
      RoleName === profile ? 'ec2.amazonaws.com' : 'lambda.amazonaws.com',
    )
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    const PolicyDocument = may('bedrock:*', 's3:GetObject')
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'work', PolicyDocument }))
    return [RoleName, { name: RoleName, id: Role?.RoleId ?? '', arn: Role?.Arn ?? '' }] as const
  }

  async function user(UserName: UserName) {
    const { User } = await iam.send(new CreateUserCommand({ UserName }))
    const PolicyDocument = may('bedrock:InvokeModel', 's3:*')
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'work', PolicyDocument }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
    const key = AccessKey?.AccessKeyId ?? ''
    return [UserName, { name: UserName, id: User?.UserId ?? '', arn: User?.Arn ?? '', key }] as const
  }
}

/**
 * Creates the stack's managed policies in moto, where the playbooks look for them: CloudFormation creates them in
 * MiniStack (1.5.33), but IAM is served by moto (5.2.5). A real account needs no such step.
 */
export async function seedPolicies(policies: Map<string, unknown>): Promise<void> {
  const iam = new IAMClient({})
  for (const [PolicyName, document] of policies)
    await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: JSON.stringify(document) }))
}
