/** Lowest and highest address of a range. */
export type AddressRange = readonly [lowest: string, highest: string]

const digits = { v4: 8, v6: 32 }

/**
 * An IPv4 or IPv6 address as 8 or 32 hexadecimal digits, so that an address has one spelling; undefined for other texts.
 * An IPv4-mapped IPv6 address (`::ffff:a00:1`) is IPv4, as in Java, the language of EventBridge's engine.
 */
export function addressOf(text: string): string | undefined {
  // Most texts are longer or lack a separator.
  if (text.length > 45 || !(text.includes('.') || text.includes(':'))) return undefined
  return text.includes(':') ? v6(text) : v4(text)
}

/** The range of a CIDR block, whose address need not be the first. Undefined for a block that EventBridge rejects. */
export function rangeOf(cidr: string): AddressRange | undefined {
  const [, text = '', mask = ''] = /^([^/]+)\/(\d{1,3})$/.exec(cidr) ?? []
  const address = addressOf(text)
  if (!address) return undefined
  const free = address.length * 4 - Number(mask)
  if (free < 1) return undefined
  const lowest = (BigInt(`0x${address}`) >> BigInt(free)) << BigInt(free)
  const highest = lowest | ((1n << BigInt(free)) - 1n)
  return [lowest, highest].map((bound) => hex(bound, address.length)) as unknown as AddressRange
}

/** Digits of equal length compare like numbers. IPv4 and IPv6 have different lengths. */
export const isWithin = (address: string, [lowest, highest]: AddressRange): boolean =>
  address.length === lowest.length && lowest <= address && address <= highest

function v4(text: string): string | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1)
  if (!parts?.every((part) => Number(part) < 256)) return undefined
  return parts.map((part) => hex(BigInt(part), 2)).join('')
}

function v6(text: string): string | undefined {
  if (!/^[\da-f:]+$/i.test(text)) return undefined
  const [head = '', tail, ...more] = text.split('::')
  const [left, right] = [groups(head), groups(tail ?? '')]
  const missing = 8 - left.length - right.length
  if (more.length > 0 || (tail === undefined ? missing !== 0 : missing < 1)) return undefined
  const all = [...left, ...Array<string>(missing).fill('0'), ...right]
  if (!all.every((group) => group.length > 0 && group.length <= 4)) return undefined
  const address = all.map((group) => group.toUpperCase().padStart(4, '0')).join('')
  const mapped = `${'0'.repeat(20)}FFFF`
  return address.startsWith(mapped) ? address.slice(digits.v6 - digits.v4) : address
}

const groups = (text: string): string[] => (text === '' ? [] : text.split(':'))

const hex = (value: bigint, length: number): string => value.toString(16).toUpperCase().padStart(length, '0')
