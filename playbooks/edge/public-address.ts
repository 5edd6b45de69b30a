import { BlockList, isIPv6 } from 'node:net'

/**
 * IPv4 ranges that are not a host on the internet. The ranges for documentation are left out, so that examples can use
 * them: they are not assigned to a host. Sources: IANA IPv4 Special-Purpose Address Registry; RFC 5771.
 */
const reserved = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
]

/** The IPv6 range from which public addresses are assigned. Source: IANA IPv6 Global Unicast Address Assignments. */
const unicast = '2000::/3'

const notPublic = listOf(reserved, 'ipv4')
const public6 = listOf([unicast], 'ipv6')

/** Whether an address can be a host on the internet. Pure. */
export const isPublic = (address: string): boolean =>
  isIPv6(address) ? public6.check(address, 'ipv6') : !notPublic.check(address, 'ipv4')

/** The version of an address in the terms of AWS WAF. */
export const versionOf = (address: string): 'IPV4' | 'IPV6' => (isIPv6(address) ? 'IPV6' : 'IPV4')

/** The canonical spelling of an address. Source: RFC 5952, which the URL standard follows. */
export const canonicalAddress = (address: string): string =>
  isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address

function listOf(ranges: string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [base = '', bits] = range.split('/')
    list.addSubnet(base, Number(bits), family)
  }
  return list
}
