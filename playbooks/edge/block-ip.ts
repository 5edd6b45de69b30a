import { ListTagsForResourceCommand, WAFV2Client } from '@aws-sdk/client-wafv2'
import { Guarded } from '../../engine/errors.ts'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { findIpSet, holdsAddress, ipSetPlaceOf, putAddress } from './ip-set.ts'
import { isPublic, versionOf } from './public-address.ts'

/** Whether this address is in the set; the other addresses are not part of the state. */
type State = { listed: boolean }

const ipSets = ['arn:aws:wafv2:*:*:regional/ipset/*', 'arn:aws:wafv2:*:*:global/ipset/*']

/** Adds one public address to an IP set that AWS WAF blocks; the other addresses of the set do not change. */
export const blockIp = playbook({
  name: 'block-ip',
  title: 'Block an IP address at the edge',
  copy: {
    action: 'block {target} at the edge',
    contained: '{target} is blocked at the edge',
    released: '{target} is no longer blocked at the edge',
    failed: '{target} may not be blocked at the edge',
  },
  target: ['ipAddress', 'ipSetArn'],
  clients: { waf: WAFV2Client },
  reads: { 'wafv2:GetIPSet': ipSets, 'wafv2:ListTagsForResource': ipSets },
  writes: { 'wafv2:UpdateIPSet': ipSets },
  gone: ['WAFNonexistentItemException'],
  caveats: () => [
    'The address is blocked only where a web ACL has a rule that blocks this set and no earlier rule allows the request.',
    'All users behind the address are blocked: offices, mobile networks and VPNs share one address.',
    'Behind a proxy or CDN, AWS WAF sees the address of the proxy unless the rule uses the forwarded address.',
    'An attacker can return from other addresses.',
    'The change takes effect everywhere within seconds to minutes, and later if the set is changed often.',
  ],

  async read({ account, region, ipAddress, ipSetArn }, { waf }): Promise<Reading<State>> {
    assertAllowed(isPublic(ipAddress), 'not-public', `${ipAddress} is not a public address.`)
    const place = ipSetPlaceOf(ipSetArn)
    assertAllowed(
      place.account === account && place.region === region,
      'elsewhere',
      `The IP set is in ${place.account}, ${place.region}: set that account and Region in the target.`,
    )
    const [{ set }, { TagInfoForResource }] = await Promise.all([
      findIpSet(waf, ipSetArn),
      waf.send(new ListTagsForResourceCommand({ ResourceARN: ipSetArn })),
    ])
    const version = versionOf(ipAddress)
    assertAllowed(
      set.IPAddressVersion === version,
      'other-version',
      `${set.Name} accepts ${set.IPAddressVersion}, and ${ipAddress} is ${version}: use an IP set of that version.`,
    )
    return { tags: TagInfoForResource?.TagList ?? [], state: { listed: holdsAddress(set, ipAddress) } }
  },

  contain: () => ({ listed: true }),

  write: ({ ipAddress, ipSetArn }, { listed }, { waf }) => putAddress(waf, ipSetArn, ipAddress, listed),
})

function assertAllowed(holds: boolean, name: string, why: string): void {
  if (!holds) throw new Guarded(name, why)
}
