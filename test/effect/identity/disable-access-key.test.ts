import {
  DeleteAccessKeyCommand,
  IAMClient,
  ListAccessKeysCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { disableAccessKey } from '../../../playbooks/identity/disable-access-key.ts'
import { startCloud } from '../../cloud.ts'
import { documentOf, userPolicies } from '../../documents.ts'
import { doorOf, invokes, keyOf, roleNamed, sessionOf } from '../attacker.ts'

const cloud = await startCloud()
const door = doorOf(disableAccessKey)
const UserName = 'ci-deployer'
afterAll(() => cloud.stop())
beforeEach(() => cloud.reset())

const statusOf = async (accessKeyId: string) => {
  const { AccessKeyMetadata = [] } = await new IAMClient({}).send(new ListAccessKeysCommand({ UserName }))
  return AccessKeyMetadata.find(({ AccessKeyId }) => AccessKeyId === accessKeyId)?.Status
}

test('a stolen key can do nothing until it is released', async () => {
  const loot = await keyOf(UserName)
  const { accessKeyId } = loot
  const bystander = await keyOf('bystander')
  expect(await invokes(cloud, loot)).toBe('answered')

  const from = Date.now()
  const outcome = await door.contain({ accessKeyId })
  expect(outcome.status, outcome.why).toBe('contained')
  // moto 5.2.5 accepts inactive keys and ignores conditions. Here the policy on the user denies the call; on AWS it
  // denies the user's older sessions but never a key, and the status of the key denies the call.
  // (That such a session is denied cannot be tested: moto's GetSessionToken returns the same example to every caller.)
  expect(await invokes(cloud, loot)).toBe('AccessDenied')
  expect(await invokes(cloud, bystander), 'another user').toBe('answered')
  expect(await statusOf(accessKeyId)).toBe('Inactive')
  const { inline } = await userPolicies(UserName)
  const text = JSON.stringify(inline[`PortcullisKeyOff-${accessKeyId}`])
  const until = Date.parse(/"DateLessThan":{"aws:TokenIssueTime":"([^"]+)"}}/.exec(text)?.[1] ?? '')
  expect(until).toBeGreaterThanOrEqual(from + 30_000)
  expect(until).toBeLessThanOrEqual(Date.now() + 30_000)

  expect((await door.release(outcome)).status).toBe('released')
  expect(await statusOf(accessKeyId)).toBe('Active')
  expect(await invokes(cloud, loot)).toBe('answered')
})

const guards = async () => (await cloud.notices()).map(({ id, says }) => [id.split('#')[2], says])

test('a temporary key is refused with advice', async () => {
  await roleNamed('rag-indexer')
  const { accessKeyId } = await sessionOf('rag-indexer', 'mallory')
  expect(accessKeyId).toMatch(/^ASIA/)
  expect(await door.contain({ accessKeyId })).toMatchObject({ status: 'guarded' })
  expect(await guards()).toEqual([['temporary-key', expect.stringContaining('deny-session')]])
})

const example = 'AKIAIOSFODNN7EXAMPLE'

// The root user's key, which moto does not support: the answer is simulated.
test('a key without a user in IAM is refused', async () => {
  cloud.tap.answer('iam:GetAccessKeyLastUsed', 'nothing')
  expect(await door.contain({ accessKeyId: example })).toMatchObject({ status: 'guarded' })
  expect(await guards()).toEqual([['foreign-key', expect.stringContaining('Only the root user')]])
})

test('a missing permission is a failure and not reported as a missing key', async () => {
  const { accessKeyId } = await keyOf(UserName)
  cloud.tap.answer('iam:GetAccessKeyLastUsed', 'denied')
  await expect(door.contain({ accessKeyId })).rejects.toMatchObject({ name: 'AccessDenied' })
  expect((await cloud.notices()).filter(({ kind }) => kind === 'guarded')).toEqual([])
  await cloud.tap.mend()
  expect((await door.contain({ accessKeyId })).status).toBe('contained')
})

const asks =
  'User: arn:aws:sts::123456789012:assumed-role/us/it is not authorized to perform: iam:GetAccessKeyLastUsed on'
test.each([
  ['Gone', `${asks} resource: access key ${example}`],
  [
    'AccessDenied',
    `${asks} resource: access key ${example} with an explicit deny in a service control policy`,
  ],
  ['AccessDenied', `${asks} resource: user ci-deployer because no identity-based policy allows the action`],
])('it is %s when IAM refuses with "%s"', async (name, message) => {
  const refused = Object.assign(new Error(message), { name: 'AccessDenied' })
  const iam: IAMClient = Object.create(new IAMClient({}), { send: { value: () => Promise.reject(refused) } })
  const place = { account: '123456789012', region: 'us-east-1' }
  const context = {
    containment: 'c-0',
    at: '2026-11-21T06:00:00Z',
    prefix: 'portcullis-test',
  }
  const reading = disableAccessKey.read({ ...place, accessKeyId: example }, { iam }, context)
  await expect(reading).rejects.toMatchObject({ name })
})

test('a key that does not exist is refused', async () => {
  expect(await door.contain({ accessKeyId: example })).toMatchObject({ status: 'guarded' })
  expect(await guards()).toEqual([['gone', expect.any(String)]])
})

const policies = async () => Object.keys((await userPolicies(UserName)).inline)

test('the release deletes the policy on the user of a deleted key', async () => {
  const { accessKeyId } = await keyOf(UserName)
  const outcome = await door.contain({ accessKeyId })
  expect(await policies()).toContain(`PortcullisKeyOff-${accessKeyId}`)
  await new IAMClient({}).send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: accessKeyId }))
  expect(await door.release(outcome)).toMatchObject({ status: 'closed' })
  expect(await policies()).toEqual(['Everything'])
})

test('a policy that was changed since is kept', async () => {
  const { accessKeyId } = await keyOf(UserName)
  const outcome = await door.contain({ accessKeyId })
  const PolicyName = `PortcullisKeyOff-${accessKeyId}`
  const PolicyDocument = documentOf({ Effect: 'Deny', Action: '*', Resource: '*' })
  const iam = new IAMClient({})
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }))
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: accessKeyId }))
  expect(await door.release(outcome)).toMatchObject({ status: 'closed' })
  expect((await userPolicies(UserName)).inline[PolicyName]).toEqual(JSON.parse(PolicyDocument))
})

test('the plan states what the release of a public key does', async () => {
  const { accessKeyId } = await keyOf(UserName)
  const { plan } = await door.contain({ accessKeyId })
  expect(plan?.caveats.join(' ')).toContain('if it is public: rotate or delete the key before then.')
})
