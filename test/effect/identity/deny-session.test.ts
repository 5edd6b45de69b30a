import { DeleteRoleCommand, DeleteRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { denySession } from '../../../playbooks/identity/deny-session.ts'
import { startCloud } from '../../cloud.ts'
import { rolePolicies } from '../../documents.ts'
import { doorOf, invokes, roleNamed, sessionOf } from '../attacker.ts'

const cloud = await startCloud()
const door = doorOf(denySession)
const roleName = 'rag-indexer'
afterAll(() => cloud.stop())
beforeEach(async () => {
  await cloud.reset()
  await roleNamed(roleName)
})

const ours = async () =>
  Object.entries((await rolePolicies(roleName)).inline).filter(([name]) => name !== 'Everything')

test('a stolen session can do nothing until it is released', async () => {
  const { principalId, ...loot } = await sessionOf(roleName, 'mallory@example.com')
  expect(await invokes(cloud, loot)).toBe('answered')

  const outcome = await door.contain({ roleName, principalId })
  expect(outcome.status, outcome.why).toBe('contained')
  expect(await invokes(cloud, loot)).toBe('AccessDenied')

  // moto 5.2.5 ignores conditions and would deny the other sessions of the role too. That AWS denies only this session
  // follows from the condition: equality with the id that STS returned.
  const Condition = { StringEquals: { 'aws:userid': principalId } }
  const Statement = [{ Effect: 'Deny', Action: '*', Resource: '*', Condition }]
  const name = expect.stringMatching(/^PortcullisDenySession-[0-9a-f]{32}$/)
  expect(await ours()).toEqual([[name, { Version: '2012-10-17', Statement }]])

  expect((await door.release(outcome)).status).toBe('released')
  expect(await invokes(cloud, loot)).toBe('answered')
})

test('two sessions are denied and released independently', async () => {
  const one = await sessionOf(roleName, 'mallory')
  const two = await sessionOf(roleName, 'trudy')
  const [first, second] = await Promise.all(
    [one, two].map(({ principalId }) => door.contain({ roleName, principalId })),
  )
  expect([first?.status, second?.status]).toEqual(['contained', 'contained'])
  expect(await ours()).toHaveLength(2)
  if (first) await door.release(first)
  expect(JSON.stringify(await ours())).toContain(two.principalId)
  expect(JSON.stringify(await ours())).not.toContain(one.principalId)
  expect(await invokes(cloud, two)).toBe('AccessDenied')
})

test('a session of a role that was created again does not exist', async () => {
  const { principalId } = await sessionOf(roleName, 'mallory')
  const iam = new IAMClient({})
  await iam.send(new DeleteRolePolicyCommand({ RoleName: roleName, PolicyName: 'Everything' }))
  await iam.send(new DeleteRoleCommand({ RoleName: roleName }))
  await roleNamed(roleName)
  expect(await door.contain({ roleName, principalId })).toMatchObject({ status: 'guarded' })
  expect(await ours()).toEqual([])
})

test.each([
  'AROAEXAMPLEEXAMPLE01:*',
  'AROAEXAMPLEEXAMPLE01:mallor?',
  'AROA*:mallory',
  // It would be a policy variable in a policy.
  'AROAEXAMPLEEXAMPLE01:$\u007baws:userid}',
])('%s is not a valid session', async (principalId) => {
  expect(await door.contain({ roleName, principalId })).toMatchObject({ status: 'parked' })
  expect(await ours()).toEqual([])
})
