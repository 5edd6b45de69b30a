import type { Instance, NetworkAcl, NetworkAclEntry } from '@aws-sdk/client-ec2'
import { canonicalCidr, cidrsOf } from './instance.ts'
import type { State, Way } from './state.ts'

/** What an ACL holds a direction, and what it can be made to hold. Source: Amazon VPC quotas, rules per network ACL. */
export const quota = { given: 20, most: 40 }

/**
 * How every ACL treats every address of the instance. A rule in matches by source and a rule out by destination, so
 * that the ACL of its own subnet cannot cut the instance from the outside: the ACLs of all the subnets that its
 * traffic crosses (NAT gateway, load balancer, databases) can. Source: Amazon VPC User Guide, Network ACL rules.
 * An ACL that cannot hold them all is left out: half of the addresses denied is nothing cut.
 */
export const aclsOf = (instance: Instance, acls: NetworkAcl[]): State['vpcAcls'] =>
  Object.fromEntries(
    acls
      .filter((acl) => needOf(instance, acl) <= quota.most)
      .map((acl) => {
        const ways = cidrsOf(instance, acl.VpcId).map((cidr) => {
          return [cidr, { ingress: wayOf(acl, cidr, false), egress: wayOf(acl, cidr, true) }]
        })
        return [acl.NetworkAclId ?? '', Object.fromEntries(ways)]
      }),
  )

/** How many rules a direction an ACL holds with all the instance's addresses denied, ours not counted twice. */
export function needOf(instance: Instance, acl: NetworkAcl): number {
  const cidrs = cidrsOf(instance, acl.VpcId)
  const held = [false, true].map((egress) => {
    return rules(acl, egress).length - cidrs.flatMap((cidr) => denies(acl, cidr, egress)).length
  })
  return Math.max(...held) + cidrs.length
}

/** One direction for one address: only a deny before every allow surely cuts it. */
export function wayOf(acl: NetworkAcl, cidr: string, egress: boolean): Way {
  const numbers = denies(acl, cidr, egress)
  if (numbers.some((number) => number < firstAllow(acl, egress))) return 'deny'
  return numbers.length === 0 ? 'open' : numbers
}

/** The numbers of the rules that deny everything for exactly this block. */
export const denies = (acl: NetworkAcl, cidr: string, egress: boolean): number[] =>
  rules(acl, egress)
    .filter(({ RuleAction, Protocol }) => RuleAction === 'deny' && Protocol === '-1')
    .filter(({ CidrBlock, Ipv6CidrBlock }) => canonicalCidr(CidrBlock ?? Ipv6CidrBlock ?? '') === cidr)
    .map(numberOf)
    .sort((a, b) => a - b)

/** So many of the lowest numbers that no rule has, all before the first allow; fewer where there are not enough. */
export function freeNumbers(acl: NetworkAcl, egress: boolean, most: number): number[] {
  const taken = new Set(rules(acl, egress).map(numberOf))
  const free: number[] = []
  const end = firstAllow(acl, egress)
  for (let number = 1; number < end && free.length < most; number++) if (!taken.has(number)) free.push(number)
  return free
}

// The rules of one direction that people made: the closing rule `*` is every ACL's.
const rules = ({ Entries = [] }: NetworkAcl, egress: boolean): NetworkAclEntry[] =>
  Entries.filter((rule) => rule.Egress === egress && numberOf(rule) < closing)

const closing = 32_767

const numberOf = ({ RuleNumber = 0 }: NetworkAclEntry) => RuleNumber

const firstAllow = (acl: NetworkAcl, egress: boolean): number =>
  Math.min(
    closing,
    ...rules(acl, egress).flatMap((rule) => (rule.RuleAction === 'allow' ? [numberOf(rule)] : [])),
  )
