import {
  CreateNetworkAclEntryCommand,
  DeleteNetworkAclEntryCommand,
  type EC2Client,
  type NetworkAcl,
  paginateDescribeNetworkAcls,
} from '@aws-sdk/client-ec2'
import { denies, freeNumbers, wayOf } from './acl-rules.ts'
import type { Way } from './state.ts'
import { every, hasErrorName, unless } from './together.ts'

type Acls = { [acl: string]: { [cidr: string]: { ingress?: Way; egress?: Way } } }
type Ways = [cidr: string, ways: Acls[string][string]][]

/** Every network ACL of these VPCs, or one of them. */
export async function findAcls(ec2: EC2Client, vpcs: string[], id?: string): Promise<NetworkAcl[]> {
  if (vpcs.length === 0) return []
  const pages = paginateDescribeNetworkAcls({ client: ec2 }, { Filters: [{ Name: 'vpc-id', Values: vpcs }] })
  const all = (await Array.fromAsync(pages)).flatMap(({ NetworkAcls }) => NetworkAcls ?? [])
  return id === undefined ? all : all.filter(({ NetworkAclId }) => NetworkAclId === id)
}

/**
 * Denies and opens the ways, and leaves those that are not named; the rules of others are not touched, and their
 * numbers not taken.
 */
export async function writeAcls(ec2: EC2Client, acls: Acls, vpcs: string[]): Promise<void> {
  const present = await findAcls(ec2, vpcs)
  // An ACL that was deleted holds nothing to deny or to open.
  const here = present.filter(({ NetworkAclId = '' }) => NetworkAclId in acls)
  await every(here.map((acl) => () => settle(ec2, acl, Object.entries(acls[acl.NetworkAclId ?? ''] ?? {}))))
}

const attempts = 4

// Somebody may take a number between our reading and our writing: read again and take the next.
async function settle(ec2: EC2Client, acl: NetworkAcl, ways: Ways, left = attempts): Promise<void> {
  try {
    await every([...turns(ec2, acl, ways, false), ...turns(ec2, acl, ways, true)])
  } catch (error) {
    if (left === 0 || !hasErrorName(error, 'NetworkAclEntryAlreadyExists')) throw error
    const [fresh] = await findAcls(ec2, [acl.VpcId ?? ''], acl.NetworkAclId)
    if (fresh) await settle(ec2, fresh, ways, left - 1)
  }
}

/** What is to be done in one direction: only what is not so yet. */
function turns(ec2: EC2Client, acl: NetworkAcl, ways: Ways, Egress: boolean): (() => Promise<void>)[] {
  const NetworkAclId = acl.NetworkAclId ?? ''
  const wanted = ways.map(([cidr, { ingress, egress }]) => ({ cidr, way: Egress ? egress : ingress }))
  const uncut = wanted.filter(({ cidr, way }) => way === 'deny' && wayOf(acl, cidr, Egress) !== 'deny')
  const numbers = freeNumbers(acl, Egress, uncut.length)
  const undone = wanted.flatMap(({ cidr, way }) => {
    if (way === undefined || way === 'deny') return []
    return denies(acl, cidr, Egress).filter((number) => way === 'open' || !way.includes(number))
  })
  return [
    ...uncut.map(
      ({ cidr }, index) =>
        () =>
          deny(cidr, numbers[index]),
    ),
    ...undone.map((number) => () => open(number)),
  ]

  async function deny(cidr: string, RuleNumber: number | undefined): Promise<void> {
    if (!RuleNumber)
      throw new Error(`${NetworkAclId} has no rule number left before its first allow to deny ${cidr}.`)
    const block = cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }
    const rule = { NetworkAclId, RuleNumber, Egress, Protocol: '-1', RuleAction: 'deny' as const, ...block }
    await ec2.send(new CreateNetworkAclEntryCommand(rule))
  }

  async function open(RuleNumber: number): Promise<void> {
    const rule = new DeleteNetworkAclEntryCommand({ NetworkAclId, RuleNumber, Egress })
    await ec2.send(rule).catch(unless('InvalidNetworkAclEntry.NotFound', 'InvalidNetworkAclID.NotFound'))
  }
}
