import { APIGatewayClient, GetStageCommand } from '@aws-sdk/client-api-gateway'
import { BedrockClient, GetGuardrailCommand } from '@aws-sdk/client-bedrock'
import { DescribeNetworkAclsCommand, DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { GetAccountAuthorizationDetailsCommand, IAMClient, ListAccessKeysCommand } from '@aws-sdk/client-iam'
import type { State } from '../../engine/state.ts'
import { lookAtFleet } from './look-fleet.ts'
import { type Seeded, userNames } from './seeded.ts'

/**
 * A picture of everything that a containment may touch, made by AWS calls and never through a playbook. Two pictures of
 * an unchanged account are equal. Evidence (snapshots) is not part of it, because it is kept.
 */
export async function look(it: Seeded): Promise<State> {
  const [network, fleet, people, front] = await Promise.all([
    lookAtNetwork(it),
    lookAtFleet(it),
    lookAtPeople(),
    lookAtFront(it),
  ])
  return settle({ network, fleet, people, front }) as State
}

async function lookAtNetwork({ network }: Seeded) {
  const ec2 = new EC2Client({})
  const Filters = [{ Name: 'vpc-id', Values: [network.vpc] }]
  const [{ NetworkAcls = [] }, { SecurityGroups = [] }] = await Promise.all([
    ec2.send(new DescribeNetworkAclsCommand({ Filters })),
    ec2.send(new DescribeSecurityGroupsCommand({ Filters })),
  ])
  return {
    acls: NetworkAcls.map(({ NetworkAclId, Entries }) => ({ NetworkAclId, Entries })),
    groups: SecurityGroups.map(({ GroupName, IpPermissions: into, IpPermissionsEgress: out }) => ({
      GroupName,
      into,
      out,
    })),
  }
}

async function lookAtPeople() {
  const iam = new IAMClient({})
  const [{ UserDetailList = [], RoleDetailList = [] }, keys] = await Promise.all([
    iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['User', 'Role'] })),
    Promise.all(userNames.map((UserName) => iam.send(new ListAccessKeysCommand({ UserName })))),
  ])
  return {
    users: UserDetailList.map((one) => ({
      name: one.UserName,
      attached: one.AttachedManagedPolicies,
      inline: one.UserPolicyList,
    })),
    roles: RoleDetailList.map((one) => ({
      name: one.RoleName,
      attached: one.AttachedManagedPolicies,
      inline: one.RolePolicyList,
    })),
    keys: keys
      .flatMap(({ AccessKeyMetadata = [] }) => AccessKeyMetadata)
      .map(({ AccessKeyId, Status }) => ({ AccessKeyId, Status })),
  }
}

async function lookAtFront({ api, guardrail }: Seeded) {
  const [{ methodSettings }, { status, version }] = await Promise.all([
    new APIGatewayClient({}).send(new GetStageCommand({ restApiId: api.id, stageName: api.stage })),
    new BedrockClient({}).send(new GetGuardrailCommand({ guardrailIdentifier: guardrail.id })),
  ])
  return { methodSettings, guardrail: { status, version } }
}

/** Plain JSON with sorted lists, because AWS guarantees no order. */
function settle(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(settle).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [[key, settle(one)]])),
  )
}
