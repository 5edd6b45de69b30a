import { ListTagsForResourceCommand, WAFV2Client } from '@aws-sdk/client-wafv2'
import { Guarded } from '../../engine/errors.ts'
import { playbook, type Reading } from '../../engine/playbook.ts'
import { findIpSet, holdsAddress, ipSetPlaceOf, putAddress } from './ip-set.ts'
import { isPublic, versionOf } from './public-address.ts'

/** Of this one address: what becomes of the others in the set is not ours. */
type State = { listed: boolean }

const ipSets = ['arn:aws:wafv2:*:*:regional/ipset/*', 'arn:aws:wafv2:*:*:global/ipset/*']

/** Puts one public address into an IP set that AWS WAF blocks; the set's other addresses stay as they are. */
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
    'It blocks only where a web ACL has a rule that blocks this set: make sure of that, and that no rule allows it.',
    'Everybody behind the address is blocked: an office, a mobile network and a VPN have one for many people.',
    'Behind a proxy or a CDN, WAF sees its address unless the rule looks at the forwarded one.',
    'An attacker who has other addresses comes back from those.',
    'AWS WAF takes seconds to minutes to show it everywhere, and longer where it is changed often.',
  ],

  async read({ account, region, ipAddress, ipSetArn }, { waf }): Promise<Reading<State>> {
    guard(
      isPublic(ipAddress),
      'not-public',
      `${ipAddress} is no public address: it is nobody on the internet.`,
    )
    const place = ipSetPlaceOf(ipSetArn)
    guard(
      place.account === account && place.region === region,
      'elsewhere',
      `The IP set is in ${place.account}, ${place.region}: name that account and Region in the target.`,
    )
    const [{ set }, { TagInfoForResource }] = await Promise.all([
      findIpSet(waf, ipSetArn),
      waf.send(new ListTagsForResourceCommand({ ResourceARN: ipSetArn })),
    ])
    const version = versionOf(ipAddress)
    guard(
      set.IPAddressVersion === version,
      'other-version',
      `${set.Name} takes ${set.IPAddressVersion}, and ${ipAddress} is ${version}: name a set of that version.`,
    )
    return { tags: TagInfoForResource?.TagList ?? [], state: { listed: holdsAddress(set, ipAddress) } }
  },

  contain: () => ({ listed: true }),

  write: ({ ipAddress, ipSetArn }, { listed }, { waf }) => putAddress(waf, ipSetArn, ipAddress, listed),
})

function guard(holds: boolean, name: string, why: string): void {
  if (!holds) throw new Guarded(name, why)
}
