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

test('an address is blocked, and the others stay, until it is released', async () => {
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

test('twenty at the same moment on one set all stand, and go without one another', async () => {
  const set = await ipSet(theirs)
  const twenty = Array.from({ length: 20 }, (_, n) => `203.0.113.${100 + n}`)
  const { calls, result } = await cloud.tap.during(() =>
    Promise.all(twenty.map((ipAddress) => door.contain({ ipAddress, ipSetArn: set.ipSetArn }))),
  )
  const outcomes = result.status === 'fulfilled' ? result.value : []
  expect(outcomes.map(({ status, why }) => why ?? status)).toEqual(twenty.map(() => 'contained'))
  const all = [...theirs, ...twenty.map((one) => `${one}/32`)]
  expect((await addressesOf(set))?.toSorted()).toEqual(all.toSorted())
  // Some were overtaken, or this was no trial.
  const refused = calls.filter(({ action, status }) => action === 'wafv2:UpdateIPSet' && status === 400)
  expect(refused.length).toBeGreaterThan(0)

  const releases = await Promise.all(outcomes.slice(1).map((one) => door.release(one)))
  expect(releases.map(({ status, why }) => why ?? status)).toEqual(releases.map(() => 'released'))
  expect(await addressesOf(set)).toEqual([...theirs, '203.0.113.100/32'])
})

test('what somebody else lists and drops meanwhile is theirs', async () => {
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

test('a range that begins with the address is another entry', async () => {
  const set = await ipSet(['203.0.113.0/24'])
  const outcome = await door.contain({ ipAddress: '203.0.113.0', ipSetArn: set.ipSetArn })
  expect(await addressesOf(set)).toEqual(['203.0.113.0/24', '203.0.113.0/32'])
  expect((await door.release(outcome)).status).toBe('released')
  expect(await addressesOf(set)).toEqual(['203.0.113.0/24'])
})

test('an IPv6 address is one address, however it is spelled, and CloudFront has its sets in us-east-1', async () => {
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

describe('nothing but one public address of the right version is blocked', () => {
  test.each([
    ['10.1.2.3', /no public address/],
    ['127.0.0.1', /no public address/],
    ['169.254.169.254', /no public address/],
    ['0.0.0.0', /no public address/],
    ['255.255.255.255', /no public address/],
    ['2001:db8::aa', /blocked takes IPV4, and 2001:db8::aa is IPV6/],
    ['fe80::1', /no public address/],
  ])('%s is spared', async (ipAddress, why) => {
    const set = await ipSet(theirs)
    const outcome = await door.contain({ ipAddress, ipSetArn: set.ipSetArn })
    expect(outcome).toMatchObject({ status: 'guarded', why: expect.stringMatching(why) })
    expect(await addressesOf(set)).toEqual(theirs)
  })

  test.each(['0.0.0.0/0', '::/0', '203.0.113.0/24', '203.0.113.7/32', '203.0.113', '203.0.113.07', '1', ''])(
    '%j is no address',
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
  ])('%s is not', (address) => expect(isPublic(address)).toBe(false))

  test('nor in a set that is elsewhere', async () => {
    const { ipSetArn } = await ipSet(theirs)
    const away = await door.contain({
      ipAddress: '203.0.113.7',
      ipSetArn: ipSetArn.replace('us-east-1', 'eu-west-1'),
    })
    const why = expect.stringContaining('eu-west-1: name that account and Region in the target')
    expect(away).toMatchObject({ status: 'guarded', why })
  })
})

test('a full set takes no more, and says so', { timeout: 120_000 }, async () => {
  const full = Array.from({ length: 10_000 }, (_, n) => `198.51.${n >> 8}.${n & 255}/32`)
  const set = await ipSet(full)
  const outcome = await door.contain({ ipAddress: '203.0.113.7', ipSetArn: set.ipSetArn })
  const why = expect.stringContaining('blocked is full: an IP set holds 10000 addresses. Remove some')
  expect(outcome).toMatchObject({ status: 'failed', why })
  expect(await addressesOf(set)).toEqual(full)
})

test('a busy moment is waited for', async () => {
  const set = await ipSet(theirs)
  cloud.tap.answer('wafv2:UpdateIPSet', 'throttled', 2)
  const outcome = await door.contain({ ipAddress: '203.0.113.7', ipSetArn: set.ipSetArn })
  expect(outcome.status, outcome.why).toBe('contained')
})

test('but not for ever: the delivery comes again', async () => {
  const { ipSetArn } = await ipSet(theirs)
  cloud.tap.answer('wafv2:UpdateIPSet', 'throttled')
  const held = cloud.tap.hold('wafv2:UpdateIPSet')
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true })
  try {
    const delivery = door.contain({ ipAddress: '203.0.113.7', ipSetArn })
    const failed = expect(delivery).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'blocked is being changed by others all the time.',
    })
    await held.arrived
    vi.setSystemTime(Date.now() + 30_000)
    held.letGo()
    await failed
  } finally {
    vi.useRealTimers()
  }
})
