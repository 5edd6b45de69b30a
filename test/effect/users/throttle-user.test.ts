import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { throttleUser } from '../../../playbooks/users/throttle-user.ts'
import { endUserIdOf } from '../../../rules/find/end-user-id.ts'
import { allowed } from '../../../sdk/limits.ts'
import { prefix, startCloud } from '../../cloud.ts'
import { hours, later } from '../../laws/steps.ts'
import { doorOf } from '../attacker.ts'

const cloud = await startCloud()
const door = doorOf(throttleUser)
const client = new DynamoDBClient({})
const asks = (user: string) => allowed(user, { table: prefix, client })
const userId = 'auth0:6650a1f2'
const Key = { pk: { S: `limit#${userId}` }, sk: { S: 'current' } }
const limitOf = async () => (await client.send(new GetItemCommand({ TableName: prefix, Key }))).Item
const seconds = (milliseconds: number) => ({ N: String(Math.floor((Date.now() + milliseconds) / 1000)) })
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

test('a limited user may send one request a minute until the release, and other users are not limited', async () => {
  for (let times = 0; times < 3; times++) expect(await asks(userId)).toBe(true)
  const outcome = await door.contain({ userId })
  expect(outcome.status, outcome.why).toBe('contained')

  expect(await asks(userId)).toBe(true)
  for (let times = 0; times < 3; times++) expect(await asks(userId)).toBe(false)
  expect(await later(59_000, () => asks(userId))).toBe(false)
  expect(await later(61_000, () => asks(userId))).toBe(true)
  for (let times = 0; times < 3; times++) expect(await asks('auth0:alice')).toBe(true)

  expect((await door.release(outcome)).status).toBe('released')
  for (let times = 0; times < 3; times++) expect(await asks(userId)).toBe(true)
  expect(await limitOf()).toBeUndefined()
})

test('of ten concurrent requests one is allowed', async () => {
  await door.contain({ userId })
  const answers = await Promise.all(Array.from({ length: 10 }, () => asks(userId)))
  expect(answers.filter((one) => one)).toHaveLength(1)
})

test('a check is one call, which writes nothing if there is no limit', async () => {
  const { calls } = await cloud.tap.during(() => asks(userId))
  expect(calls.map(({ action }) => action)).toEqual(['dynamodb:UpdateItem'])
  expect(await limitOf()).toBeUndefined()
})

test('an earlier limit is restored with its expiry', async () => {
  const theirs = { ...Key, rate: { N: '7' }, interval: { N: '8571' }, ttl: seconds(2 * hours) }
  await client.send(new PutItemCommand({ TableName: prefix, Item: theirs }))
  const outcome = await door.contain({ userId })
  expect(await limitOf()).toMatchObject({ rate: { N: '1' }, interval: { N: '60000' } })
  expect(Number((await limitOf())?.ttl?.N)).toBeGreaterThan(Number(theirs.ttl.N))
  expect((await door.release(outcome)).status).toBe('released')
  expect(await limitOf()).toEqual(theirs)
})

test('a limit without an expiry is restored without one', async () => {
  const theirs = { ...Key, rate: { N: '30' }, interval: { N: '2000' } }
  await client.send(new PutItemCommand({ TableName: prefix, Item: theirs }))
  const outcome = await door.contain({ userId })
  expect(await limitOf()).toEqual({ ...Key, rate: { N: '1' }, interval: { N: '60000' } })
  expect((await door.release(outcome)).status).toBe('released')
  expect(await limitOf()).toEqual(theirs)
})

test('an expired limit does not limit requests, and the playbook reads it as no limit', async () => {
  const old = { ...Key, rate: { N: '1' }, interval: { N: '60000' }, ttl: seconds(-hours) }
  await client.send(new PutItemCommand({ TableName: prefix, Item: old }))
  for (let times = 0; times < 3; times++) expect(await asks(userId)).toBe(true)
  const outcome = await door.contain({ userId })
  expect(outcome.status, outcome.why).toBe('contained')
})

test('the limit of a containment expires', async () => {
  await door.contain({ userId })
  const month = 31 * 24 * hours
  for (let times = 0; times < 3; times++) expect(await later(month, () => asks(userId))).toBe(true)
})

test.each(['throttled', 'broken', 'no answer'] as const)(
  'requests are allowed when DynamoDB is %s',
  async (fault) => {
    await door.contain({ userId })
    await asks(userId)
    cloud.tap.answer('dynamodb:UpdateItem', fault)
    expect(await asks(userId)).toBe(true)
  },
)

test('a missing permission is an error and not treated as no limit', async () => {
  cloud.tap.answer('dynamodb:UpdateItem', 'denied')
  await expect(asks(userId)).rejects.toMatchObject({ name: 'AccessDeniedException' })
})

test('a user whose name is any text is identified by its digest, in the target and in the application', async () => {
  const user = 'https://idp.example/users/7 <b>'
  expect(endUserIdOf(user)).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(endUserIdOf(endUserIdOf(user))).toBe(endUserIdOf(user))
  const outcome = await door.contain({ userId: endUserIdOf(user) })
  expect(outcome.status, outcome.why).toBe('contained')
  expect([await asks(user), await asks(user)]).toEqual([true, false])
})
