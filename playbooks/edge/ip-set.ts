import { GetIPSetCommand, type IPSet, UpdateIPSetCommand, type WAFV2Client } from '@aws-sdk/client-wafv2'
import { notYet } from '../../engine/errors.ts'
import { canonicalAddress, versionOf } from './public-address.ts'

/** Source: AWS WAF quotas, "Maximum number of IP addresses in CIDR notation per IP set"; it cannot be raised. */
const mostAddresses = 10_000

/** For so long others may get in first; the function has a minute in all. */
const patienceMs = 25_000
const firstPauseMs = 100
/** AWS takes one UpdateIPSet a second in an account and Region. Source: Security Automations for AWS WAF, "Quotas". */
const longestPauseMs = 4000

/** A set, and the token without which AWS takes no change of it. */
export interface FoundIpSet {
  set: IPSet
  token: string | undefined
}

/** Where a set is: one for CloudFront is in us-east-1. */
export function ipSetPlaceOf(arn: string): { account: string; region: string } {
  const [, , , region = '', account = ''] = arn.split(':')
  return { account, region }
}

export async function findIpSet(waf: WAFV2Client, arn: string): Promise<FoundIpSet> {
  const { IPSet, LockToken } = await waf.send(new GetIPSetCommand(namesOf(arn)))
  if (!IPSet) throw new Error(`AWS WAF answered without the IP set ${arn}.`)
  return { set: IPSet, token: LockToken }
}

/** Whether an address is in a set as itself; a range that covers it is somebody else's entry. */
export const holdsAddress = ({ Addresses }: Pick<IPSet, 'Addresses'>, address: string): boolean =>
  (Addresses ?? []).some((one) => isIt(one, address))

/**
 * Makes an address part of a set, or not, and leaves the others in it as they are. A change is taken only of the set
 * that was read: where somebody else was faster, it is read and tried again. Throws where the set is full, and
 * `TimeoutError` (to be tried again later) where others were faster all the time.
 */
export async function putAddress(
  waf: WAFV2Client,
  arn: string,
  address: string,
  listed: boolean,
): Promise<void> {
  const end = Date.now() + patienceMs
  for (let turn = 0; ; turn++) {
    const { set, token } = await findIpSet(waf, arn)
    if (holdsAddress(set, address) === listed) return
    const others = (set.Addresses ?? []).filter((one) => !isIt(one, address))
    if (listed && others.length >= mostAddresses)
      throw new Error(
        `${set.Name} is full: an IP set holds ${mostAddresses} addresses. Remove some, or name another set.`,
      )
    const change = new UpdateIPSetCommand({
      ...namesOf(arn),
      // What is not said again is lost: the call replaces all of the set.
      ...(set.Description && { Description: set.Description }),
      Addresses: listed ? [...others, cidrOf(address)] : others,
      LockToken: token,
    })
    try {
      return void (await waf.send(change))
    } catch (error) {
      if (!isOvertaken(error as Error)) throw error
      if (Date.now() > end)
        throw Object.assign(notYet(`${set.Name} is being changed by others all the time.`), { cause: error })
    }
    // Any part of the pause: those who met now would otherwise meet again.
    const pause = Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** turn)
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

function namesOf(arn: string) {
  const [scope, , Name, Id] = arn.split(':').slice(5).join(':').split('/')
  return { Name, Id, Scope: scope === 'global' ? ('CLOUDFRONT' as const) : ('REGIONAL' as const) }
}

const isOvertaken = ({ name }: Error): boolean =>
  name === 'WAFOptimisticLockException' || /^Throttling/.test(name)

const bitsOf = (address: string) => (versionOf(address) === 'IPV4' ? 32 : 128)
const cidrOf = (address: string) => `${address}/${bitsOf(address)}`

// AWS WAF may give an IPv6 address back in another spelling than it was given.
function isIt(cidr: string, address: string): boolean {
  const [base = '', bits] = cidr.split('/')
  return Number(bits) === bitsOf(address) && canonicalAddress(base) === canonicalAddress(address)
}
