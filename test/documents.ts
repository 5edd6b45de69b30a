import {
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
} from '@aws-sdk/client-iam'

export const version = '2012-10-17'

/** A policy document of one statement. */
export const documentOf = (statement: object): string =>
  JSON.stringify({ Version: version, Statement: [statement] })

/** A trust policy without statements: no principal can assume a role with it. */
export const emptyTrust = JSON.stringify({ Version: version, Statement: [] })

/** A role's policies by the cloud's own calls: inline documents by name, decoded and parsed, and what is attached. */
export async function rolePolicies(RoleName: string) {
  const iam = new IAMClient({})
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }))
  const documents = PolicyNames.map((PolicyName) =>
    iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
  )
  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))
  return { inline: parsed(await Promise.all(documents)), attached: AttachedPolicies }
}

/** A user's policies, likewise. */
export async function userPolicies(UserName: string) {
  const iam = new IAMClient({})
  const { PolicyNames = [] } = await iam.send(new ListUserPoliciesCommand({ UserName }))
  const documents = PolicyNames.map((PolicyName) =>
    iam.send(new GetUserPolicyCommand({ UserName, PolicyName })),
  )
  const { AttachedPolicies } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName }))
  return { inline: parsed(await Promise.all(documents)), attached: AttachedPolicies }
}

interface Inline {
  PolicyName: string | undefined
  PolicyDocument: string | undefined
}

const parsed = (policies: Inline[]): Record<string, unknown> =>
  Object.fromEntries(
    policies
      .map(({ PolicyName = '', PolicyDocument = '' }) => [
        PolicyName,
        JSON.parse(decodeURIComponent(PolicyDocument)),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
