import {
  CreateNetworkAclEntryCommand,
  DeleteNetworkAclEntryCommand,
  type EC2Client,
  type NetworkAcl,
  paginateDescribeNetworkAcls,
} from '@aws-sdk/client-ec2'
import { denyNumbers, entryStateOf, freeNumbers } from './acl-rules.ts'
import { settleAll } from './concurrency.ts'
import { hasErrorName, ignoreErrors } from './expected-errors.ts'
import type { AclEntryState } from './state.ts'

type Directions = { ingress?: AclEntryState; egress?: AclEntryState }
type Acls = { [acl: string]: { [cidr: string]: Directions } }
type Entries = [cidr: string, directions: Directions][]

/** Every network ACL of these VPCs, or the one of this id. */
export async function findAcls(ec2: EC2Client, vpcs: string[], id?: string): Promise<NetworkAcl[]> {
  if (vpcs.length === 0) return []
  const pages = paginateDescribeNetworkAcls({ client: ec2 }, { Filters: [{ Name: 'vpc-id', Values: vpcs }] })
  const all = (await Array.fromAsync(pages)).flatMap(({ NetworkAcls }) => NetworkAcls ?? [])
  return id === undefined ? all : all.filter(({ NetworkAclId }) => NetworkAclId === id)
}

/**
 * Adds the denies that are missing and deletes those that are not wanted, in the named directions only. Never changes a
 * rule of others, nor uses its number.
 */
export async function writeAcls(ec2: EC2Client, acls: Acls, vpcs: string[]): Promise<void> {
  const present = await findAcls(ec2, vpcs)
  // An ACL that was deleted needs no change.
  const existing = present.filter(({ NetworkAclId = '' }) => NetworkAclId in acls)
  await settleAll(
    existing.map((acl) => () => writeAcl(ec2, acl, Object.entries(acls[acl.NetworkAclId ?? ''] ?? {}))),
  )
}

const maxRetries = 4

// A rule number may be taken between the read and the write: read again and use the next one.
async function writeAcl(
  ec2: EC2Client,
  acl: NetworkAcl,
  entries: Entries,
  retries = maxRetries,
): Promise<void> {
  try {
    await settleAll([...changesIn(ec2, acl, entries, false), ...changesIn(ec2, acl, entries, true)])
  } catch (error) {
    if (retries === 0 || !hasErrorName(error, 'NetworkAclEntryAlreadyExists')) throw error
    const [fresh] = await findAcls(ec2, [acl.VpcId ?? ''], acl.NetworkAclId)
    if (fresh) await writeAcl(ec2, fresh, entries, retries - 1)
  }
}

/** The calls that are needed in one direction: none for what is as wanted already. */
function changesIn(
  ec2: EC2Client,
  acl: NetworkAcl,
  entries: Entries,
  Egress: boolean,
): (() => Promise<void>)[] {
  const NetworkAclId = acl.NetworkAclId ?? ''
  const wanted = entries.map(([cidr, { ingress, egress }]) => ({ cidr, state: Egress ? egress : ingress }))
  const missing = wanted.filter(
    ({ cidr, state }) => state === 'deny' && entryStateOf(acl, cidr, Egress) !== 'deny',
  )
  const numbers = freeNumbers(acl, Egress, missing.length)
  const surplus = wanted.flatMap(({ cidr, state }) => {
    if (state === undefined || state === 'deny') return []
    return denyNumbers(acl, cidr, Egress).filter((number) => state === 'open' || !state.includes(number))
  })
  return [
    ...missing.map(
      ({ cidr }, index) =>
        () =>
          createDeny(cidr, numbers[index]),
    ),
    ...surplus.map((number) => () => deleteRule(number)),
  ]

  async function createDeny(cidr: string, RuleNumber: number | undefined): Promise<void> {
    if (!RuleNumber)
      throw new Error(`${NetworkAclId} has no free rule number before its first allow rule to deny ${cidr}.`)
    const block = cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }
    const rule = { NetworkAclId, RuleNumber, Egress, Protocol: '-1', RuleAction: 'deny' as const, ...block }
    await ec2.send(new CreateNetworkAclEntryCommand(rule))
  }

  async function deleteRule(RuleNumber: number): Promise<void> {
    const rule = new DeleteNetworkAclEntryCommand({ NetworkAclId, RuleNumber, Egress })
    await ec2
      .send(rule)
      .catch(ignoreErrors('InvalidNetworkAclEntry.NotFound', 'InvalidNetworkAclID.NotFound'))
  }
}
