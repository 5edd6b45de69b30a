import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListRolePoliciesCommand,
  ListUsersCommand,
} from '@aws-sdk/client-iam'
import type { VerifiedFact } from './verified-fact.ts'

interface Statement {
  Effect: string
  Action: string | string[]
  Condition?: Record<string, Record<string, string>>
}

/** Whether an attached policy denies the principal the invocation of models. */
export async function modelAccessDenied({ principal = '' }: { principal?: string }): Promise<VerifiedFact[]> {
  const iam = new IAMClient({})
  const [kind, name = ''] = principal.split('/')
  const { AttachedPolicies = [] } =
    kind === 'role'
      ? await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: name }))
      : await iam.send(new ListAttachedUserPoliciesCommand({ UserName: name }))
  const statements = (
    await Promise.all(AttachedPolicies.map(({ PolicyArn = '' }) => managed(PolicyArn)))
  ).flat()
  const denied = statements.some(
    ({ Effect, Action }) => Effect === 'Deny' && [Action].flat().some(isInvoking),
  )
  return [{ says: `a policy on ${principal} denies bedrock:InvokeModel`, holds: denied }]

  async function managed(PolicyArn: string): Promise<Statement[]> {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }))
    const VersionId = Policy?.DefaultVersionId ?? ''
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }))
    return statementsOf(PolicyVersion?.Document)
  }
}

/** Whether the role denies every action to one of its sessions. */
export async function sessionDenied({ roleName = '', principalId = '' }): Promise<VerifiedFact[]> {
  const held = await roleHas(roleName, ({ Condition }) => said(Condition, 'aws:userid').includes(principalId))
  return [{ says: `${roleName} denies everything to session ${principalId.split(':')[1]}`, holds: held }]
}

/** Whether the role denies every action to the sessions that existed. */
export async function sessionsRevoked({ roleName = '' }): Promise<VerifiedFact[]> {
  const held = await roleHas(roleName, ({ Condition }) => said(Condition, 'aws:TokenIssueTime').length > 0)
  return [{ says: `${roleName} denies everything to sessions issued before now`, holds: held }]
}

/** Whether the access key is inactive, whichever user it belongs to. */
export async function keyDisabled({ accessKeyId = '' }): Promise<VerifiedFact[]> {
  const iam = new IAMClient({})
  const { Users = [] } = await iam.send(new ListUsersCommand({}))
  const lists = await Promise.all(
    Users.map(({ UserName }) => iam.send(new ListAccessKeysCommand({ UserName }))),
  )
  const key = lists
    .flatMap(({ AccessKeyMetadata = [] }) => AccessKeyMetadata)
    .find((one) => one.AccessKeyId === accessKeyId)
  return [{ says: `key ${accessKeyId} of ${key?.UserName} is Inactive`, holds: key?.Status === 'Inactive' }]
}

async function roleHas(RoleName: string, fits: (statement: Statement) => boolean): Promise<boolean> {
  const iam = new IAMClient({})
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }))
  const policies = await Promise.all(
    PolicyNames.map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
  )
  return policies
    .flatMap(({ PolicyDocument }) => statementsOf(PolicyDocument))
    .some((one) => one.Effect === 'Deny' && one.Action === '*' && fits(one))
}

const statementsOf = (document = '{}'): Statement[] =>
  [JSON.parse(decodeURIComponent(document)).Statement ?? []].flat()

const said = (condition: Statement['Condition'], key: string): string[] =>
  Object.values(condition ?? {}).flatMap((keys) => keys[key] ?? [])

const isInvoking = (action: string) => /^bedrock:(\*|Invoke(\*|Model\*?))$/.test(action)
