import { GetIPSetCommand, type IPSet, UpdateIPSetCommand, type WAFV2Client } from '@aws-sdk/client-wafv2'
import { notYet } from '../../engine/errors.ts'
import { canonicalAddress, versionOf } from './public-address.ts'

/** Addresses in one IP set; a fixed quota. Source: AWS WAF quotas, "Maximum number of IP addresses in CIDR notation per IP set". */
const maxAddresses = 10_000

/** How long to retry while others change the set; the function has a timeout of one minute. */
const maxRetryMs = 25_000
const firstPauseMs = 100
/** AWS allows one UpdateIPSet a second in an account and Region. Source: Security Automations for AWS WAF, "Quotas". */
const maxPauseMs = 4000

/** A set, and the lock token that AWS requires for a change of it. */
export interface FoundIpSet {
  set: IPSet
  token: string | undefined
}

/** The account and Region of a set; a set for CloudFront is in us-east-1. */
export function ipSetPlaceOf(arn: string): { account: string; region: string } {
  const [, , , region = '', account = ''] = arn.split(':')
  return { account, region }
}

/** The set of this ARN. Throws `WAFNonexistentItemException` if it does not exist. */
export async function findIpSet(waf: WAFV2Client, arn: string): Promise<FoundIpSet> {
  const { IPSet, LockToken } = await waf.send(new GetIPSetCommand(namesOf(arn)))
  if (!IPSet) throw new Error(`AWS WAF answered without the IP set ${arn}.`)
  return { set: IPSet, token: LockToken }
}

/** Whether an address is in a set as a single address; a range that covers it is a different entry. */
export const holdsAddress = ({ Addresses }: Pick<IPSet, 'Addresses'>, address: string): boolean =>
  (Addresses ?? []).some((one) => isSameAddress(one, address))

/**
 * Adds an address to a set or removes it, and keeps the other addresses. If the set was changed since it was read, the
 * change is retried on the new set. Throws if the set is full, and a retryable error if others kept changing the set.
 */
export async function putAddress(
  waf: WAFV2Client,
  arn: string,
  address: string,
  listed: boolean,
): Promise<void> {
  const end = Date.now() + maxRetryMs
  for (let attempt = 0; ; attempt++) {
    const { set, token } = await findIpSet(waf, arn)
    if (holdsAddress(set, address) === listed) return
    const others = (set.Addresses ?? []).filter((one) => !isSameAddress(one, address))
    if (listed && others.length >= maxAddresses)
      throw new Error(
        `${set.Name} is full: an IP set can have ${maxAddresses} addresses. Remove some or use another set.`,
      )
    const change = new UpdateIPSetCommand({
      ...namesOf(arn),
      // The call replaces the whole set, including its description.
      ...(set.Description && { Description: set.Description }),
      Addresses: listed ? [...others, cidrOf(address)] : others,
      LockToken: token,
    })
    try {
      return void (await waf.send(change))
    } catch (error) {
      if (!isConcurrentChange(error as Error)) throw error
      if (Date.now() > end)
        throw Object.assign(notYet(`${set.Name} was changed by others on every attempt.`), { cause: error })
    }
    // Full jitter, so that concurrent writers do not collide again.
    const pause = Math.random() * Math.min(maxPauseMs, firstPauseMs * 2 ** attempt)
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

function namesOf(arn: string) {
  const [scope, , Name, Id] = arn.split(':').slice(5).join(':').split('/')
  return { Name, Id, Scope: scope === 'global' ? ('CLOUDFRONT' as const) : ('REGIONAL' as const) }
}

const isConcurrentChange = ({ name }: Error): boolean =>
  name === 'WAFOptimisticLockException' || /^Throttling/.test(name)

const bitsOf = (address: string) => (versionOf(address) === 'IPV4' ? 32 : 128)
const cidrOf = (address: string) => `${address}/${bitsOf(address)}`

// AWS WAF may return an IPv6 address in a different spelling.
function isSameAddress(cidr: string, address: string): boolean {
  const [base = '', bits] = cidr.split('/')
  return Number(bits) === bitsOf(address) && canonicalAddress(base) === canonicalAddress(address)
}
