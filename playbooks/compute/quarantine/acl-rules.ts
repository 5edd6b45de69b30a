import type { Instance, NetworkAcl, NetworkAclEntry } from '@aws-sdk/client-ec2'
import { canonicalCidr, cidrsOf } from './instance.ts'
import type { AclEntryState, InstanceState } from './state.ts'

/** Rules of a network ACL in one direction: by default, and at most. Source: Amazon VPC quotas, "Rules per network ACL". */
export const aclRuleQuota = { initial: 20, maximum: 40 }

/**
 * The state of every ACL for every address of the instance. Inbound rules match the source and outbound rules the
 * destination, so the ACL of the instance's own subnet cannot isolate it: the ACLs of the other subnets that its traffic
 * crosses (NAT gateway, load balancer, databases) can. Source: Amazon VPC User Guide, "Network ACL rules".
 * An ACL without room for all addresses is left out: denying some of them isolates nothing.
 */
export const aclsOf = (instance: Instance, acls: NetworkAcl[]): InstanceState['vpcAcls'] =>
  Object.fromEntries(
    acls
      .filter((acl) => rulesNeeded(instance, acl) <= aclRuleQuota.maximum)
      .map((acl) => {
        const entries = cidrsOf(instance, acl.VpcId).map((cidr) => {
          return [cidr, { ingress: entryStateOf(acl, cidr, false), egress: entryStateOf(acl, cidr, true) }]
        })
        return [acl.NetworkAclId ?? '', Object.fromEntries(entries)]
      }),
  )

/** The number of rules in the fuller direction of an ACL once all addresses of the instance are denied. */
export function rulesNeeded(instance: Instance, acl: NetworkAcl): number {
  const cidrs = cidrsOf(instance, acl.VpcId)
  const held = [false, true].map((egress) => {
    return rules(acl, egress).length - cidrs.flatMap((cidr) => denyNumbers(acl, cidr, egress)).length
  })
  return Math.max(...held) + cidrs.length
}

/** The state of one direction for one address: only a deny before every allow is certain to block it. */
export function entryStateOf(acl: NetworkAcl, cidr: string, egress: boolean): AclEntryState {
  const numbers = denyNumbers(acl, cidr, egress)
  if (numbers.some((number) => number < firstAllow(acl, egress))) return 'deny'
  return numbers.length === 0 ? 'open' : numbers
}

/** The numbers of the rules that deny all protocols for exactly this block. */
export const denyNumbers = (acl: NetworkAcl, cidr: string, egress: boolean): number[] =>
  rules(acl, egress)
    .filter(({ RuleAction, Protocol }) => RuleAction === 'deny' && Protocol === '-1')
    .filter(({ CidrBlock, Ipv6CidrBlock }) => canonicalCidr(CidrBlock ?? Ipv6CidrBlock ?? '') === cidr)
    .map(numberOf)
    .sort((a, b) => a - b)

/** The lowest `count` free rule numbers before the first allow, or fewer if there are not enough. */
export function freeNumbers(acl: NetworkAcl, egress: boolean, count: number): number[] {
  const taken = new Set(rules(acl, egress).map(numberOf))
  const free: number[] = []
  const end = firstAllow(acl, egress)
  for (let number = 1; number < end && free.length < count; number++)
    if (!taken.has(number)) free.push(number)
  return free
}

// The rules of one direction without the final `*` rule, which every ACL has.
const rules = ({ Entries = [] }: NetworkAcl, egress: boolean): NetworkAclEntry[] =>
  Entries.filter((rule) => rule.Egress === egress && numberOf(rule) < finalRule)

const finalRule = 32_767

const numberOf = ({ RuleNumber = 0 }: NetworkAclEntry) => RuleNumber

const firstAllow = (acl: NetworkAcl, egress: boolean): number =>
  Math.min(
    finalRule,
    ...rules(acl, egress).flatMap((rule) => (rule.RuleAction === 'allow' ? [numberOf(rule)] : [])),
  )
