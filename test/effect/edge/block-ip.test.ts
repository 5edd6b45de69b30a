import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { blockIp } from '../../../playbooks/edge/block-ip.ts'
import { isPublic } from '../../../playbooks/edge/public-address.ts'
import { startCloud } from '../../cloud.ts'
import { ipSet } from '../../scenes/edge/block-ip.ts'
import { doorOf } from '../attacker.ts'

const cloud = await startCloud()
const door = doorOf(blockIp)
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

const theirs = ['198.51.100.0/24', '203.0.113.8/32']
const addressesOf = async (set: Awaited<ReturnType<typeof ipSet>>) => (await set.look()).addresses

test('an address is blocked until the release, and the others do not change', async () => {
  const set = await ipSet(theirs)
  const outcome = await door.contain({ ipAddress: '203.0.113.7', ipSetArn: set.ipSetArn })
  expect(outcome.status, outcome.why).toBe('contained')
  expect(await set.look()).toEqual({
    addresses: [...theirs, '203.0.113.7/32'],
    description: 'Blocked by hand',
  })
  expect((await door.release(outcome)).status).toBe('released')
  expect(await set.look()).toEqual({ addresses: theirs, description: 'Blocked by hand' })
})

test('twenty concurrent containments on one set are all applied and released independently', async () => {
  const set = await ipSet(theirs)
  const twenty = Array.from({ length: 20 }, (_, n) => `203.0.113.${100 + n}`)
  const { calls, result } = await cloud.tap.during(() =>
    Promise.all(twenty.map((ipAddress) => door.contain({ ipAddress, ipSetArn: set.ipSetArn }))),
  )
  const outcomes = result.status === 'fulfilled' ? result.value : []
  expect(outcomes.map(({ status, why }) => why ?? status)).toEqual(twenty.map(() => 'contained'))
  const all = [...theirs, ...twenty.map((one) => `${one}/32`)]
  expect((await addressesOf(set))?.toSorted()).toEqual(all.toSorted())
  // At least one update must have been retried, or the test proves nothing.
  const refused = calls.filter(({ action, status }) => action === 'wafv2:UpdateIPSet' && status === 400)
  expect(refused.length).toBeGreaterThan(0)

  const releases = await Promise.all(outcomes.slice(1).map((one) => door.release(one)))
  expect(releases.map(({ status, why }) => why ?? status)).toEqual(releases.map(() => 'released'))
  expect(await addressesOf(set)).toEqual([...theirs, '203.0.113.100/32'])
})

test('addresses that others add and remove in the meantime are kept', async () => {
  const set = await ipSet([])
  const { ipSetArn } = set
  const one = await door.contain({ ipAddress: '203.0.113.1', ipSetArn })
  const two = await door.contain({ ipAddress: '203.0.113.2', ipSetArn })
  expect(await door.contain({ ipAddress: '203.0.113.1', ipSetArn })).toMatchObject({ status: 'already' })
  expect((await door.release(one)).status).toBe('released')
  expect(await addressesOf(set)).toEqual(['203.0.113.2/32'])
  expect((await door.release(two)).status).toBe('released')
  expect(await addressesOf(set)).toEqual([])
})

test('a range that starts with the address is a different entry', async () => {
  const set = await ipSet(['203.0.113.0/24'])
  const outcome = await door.contain({ ipAddress: '203.0.113.0', ipSetArn: set.ipSetArn })
  expect(await addressesOf(set)).toEqual(['203.0.113.0/24', '203.0.113.0/32'])
  expect((await door.release(outcome)).status).toBe('released')
  expect(await addressesOf(set)).toEqual(['203.0.113.0/24'])
})

test('an IPv6 address is recognized in every spelling, and sets for CloudFront are in us-east-1', async () => {
  const listed = '2001:0db8:0000:0000:0000:0000:0000:00aa/128'
  const set = await ipSet([listed], { version: 'IPV6', scope: 'CLOUDFRONT' })
  const { ipSetArn } = set
  expect(ipSetArn).toContain(':global/ipset/')
  expect(await door.contain({ ipAddress: '2001:db8::aa', ipSetArn })).toMatchObject({
    status: 'observed',
    why: 'There is nothing left to change.',
  })
  const outcome = await door.contain({ ipAddress: '2001:db8::bb', ipSetArn })
  expect(outcome.status, outcome.why).toBe('contained')
  expect(await addressesOf(set)).toEqual([listed, '2001:db8::bb/128'])
  expect((await door.release(outcome)).status).toBe('released')
  expect(await addressesOf(set)).toEqual([listed])
})

describe('only one public address of the right version is blocked', () => {
  test.each([
    ['10.1.2.3', /is not a public address/],
    ['127.0.0.1', /is not a public address/],
    ['169.254.169.254', /is not a public address/],
    ['0.0.0.0', /is not a public address/],
    ['255.255.255.255', /is not a public address/],
    ['2001:db8::aa', /blocked accepts IPV4, and 2001:db8::aa is IPV6/],
    ['fe80::1', /is not a public address/],
  ])('%s is refused', async (ipAddress, why) => {
    const set = await ipSet(theirs)
    const outcome = await door.contain({ ipAddress, ipSetArn: set.ipSetArn })
    expect(outcome).toMatchObject({ status: 'guarded', why: expect.stringMatching(why) })
    expect(await addressesOf(set)).toEqual(theirs)
  })

  test.each(['0.0.0.0/0', '::/0', '203.0.113.0/24', '203.0.113.7/32', '203.0.113', '203.0.113.07', '1', ''])(
    '%j is not a valid address',
    async (ipAddress) => {
      const set = await ipSet(theirs)
      const outcome = await door.contain({ ipAddress, ipSetArn: set.ipSetArn })
      expect(outcome.status).toBe('parked')
      expect(await addressesOf(set)).toEqual(theirs)
    },
  )

  test.each(['8.8.8.8', '100.63.255.255', '100.128.0.0', '172.15.0.1', '172.32.0.1', '2606:4700::1111'])(
    '%s is public',
    (address) => expect(isPublic(address)).toBe(true),
  )

  test.each([
    '0.1.2.3',
    '100.64.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '::',
    '::1',
    'fc00::1',
    'ff02::1',
  ])('%s is not public', (address) => expect(isPublic(address)).toBe(false))

  test('a set in another Region is refused', async () => {
    const { ipSetArn } = await ipSet(theirs)
    const away = await door.contain({
      ipAddress: '203.0.113.7',
      ipSetArn: ipSetArn.replace('us-east-1', 'eu-west-1'),
    })
    const why = expect.stringContaining('eu-west-1: set that account and Region in the target')
    expect(away).toMatchObject({ status: 'guarded', why })
  })
})

test('a full set is reported', { timeout: 120_000 }, async () => {
  const full = Array.from({ length: 10_000 }, (_, n) => `198.51.${n >> 8}.${n & 255}/32`)
  const set = await ipSet(full)
  const outcome = await door.contain({ ipAddress: '203.0.113.7', ipSetArn: set.ipSetArn })
  const why = expect.stringContaining('blocked is full: an IP set can have 10000 addresses. Remove some')
  expect(outcome).toMatchObject({ status: 'failed', why })
  expect(await addressesOf(set)).toEqual(full)
})

test('a short period of throttling is retried', async () => {
  const set = await ipSet(theirs)
  cloud.tap.answer('wafv2:UpdateIPSet', 'throttled', 2)
  const outcome = await door.contain({ ipAddress: '203.0.113.7', ipSetArn: set.ipSetArn })
  expect(outcome.status, outcome.why).toBe('contained')
})

test('a long period of throttling is left to the next delivery', async () => {
  const { ipSetArn } = await ipSet(theirs)
  cloud.tap.answer('wafv2:UpdateIPSet', 'throttled')
  const held = cloud.tap.hold('wafv2:UpdateIPSet')
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true })
  try {
    const delivery = door.contain({ ipAddress: '203.0.113.7', ipSetArn })
    const failed = expect(delivery).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'blocked was changed by others on every attempt.',
    })
    await held.arrived
    vi.setSystemTime(Date.now() + 30_000)
    held.letGo()
    await failed
  } finally {
    vi.useRealTimers()
  }
})
