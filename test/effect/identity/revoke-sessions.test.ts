import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { revokeSessions } from '../../../playbooks/identity/revoke-sessions.ts'
import { startCloud } from '../../cloud.ts'
import { documentOf, rolePolicies } from '../../documents.ts'
import { doorOf, invokes, roleNamed, sessionOf } from '../attacker.ts'

const cloud = await startCloud()
const door = doorOf(revokeSessions)
const roleName = 'rag-indexer'
afterAll(() => cloud.stop())
beforeEach(async () => {
  await cloud.reset()
  await roleNamed(roleName)
})

test('a stolen session can do nothing until it is released', async () => {
  const loot = await sessionOf(roleName, 'mallory')
  await roleNamed('bystander')
  const bystander = await sessionOf('bystander', 'alice')
  expect(await invokes(cloud, loot)).toBe('answered')

  const from = Date.now()
  const outcome = await door.contain({ roleName })
  expect(outcome.status, outcome.why).toBe('contained')
  expect(await invokes(cloud, loot)).toBe('AccessDenied')
  expect(await invokes(cloud, bystander), 'another role').toBe('answered')

  // moto 5.2.5 ignores conditions and would deny a new session too. Which sessions AWS denies follows from the date,
  // 30 seconds after the plan: all present sessions and no later one.
  const { inline } = await rolePolicies(roleName)
  const { Statement } = inline.AWSRevokeOlderSessions as { Statement: [{ Condition: Condition }] }
  expect(Object.keys(Statement[0].Condition)).toEqual(['DateLessThan'])
  const until = Date.parse(Statement[0].Condition.DateLessThan['aws:TokenIssueTime'])
  expect(until).toBeGreaterThanOrEqual(from + 30_000)
  expect(until).toBeLessThanOrEqual(Date.now() + 30_000)

  expect((await door.release(outcome)).status).toBe('released')
  expect(await invokes(cloud, loot)).toBe('answered')
})

interface Condition {
  DateLessThan: { 'aws:TokenIssueTime': string }
}

test('the plan states the cost for the instances of the role', async () => {
  const { plan } = await door.contain({ roleName })
  expect(plan?.caveats.join(' ')).toMatch(
    /Every instance with this role .* up to six hours.* associate its instance profile/,
  )
})

test('a later revocation is kept', async () => {
  const Condition = { DateLessThan: { 'aws:TokenIssueTime': '2999-01-01T00:00:00Z' } }
  const PolicyDocument = documentOf({ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition })
  const PolicyName = 'AWSRevokeOlderSessions'
  await new IAMClient({}).send(new PutRolePolicyCommand({ RoleName: roleName, PolicyName, PolicyDocument }))
  const before = await rolePolicies(roleName)
  expect(await door.contain({ roleName })).toMatchObject({ status: 'observed', plan: { changes: [] } })
  expect(await rolePolicies(roleName)).toEqual(before)
})
