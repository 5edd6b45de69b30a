import { afterAll, describe, expect, test } from 'vitest'
import type { Event } from '../../engine/rule.ts'
import { rules } from '../../rules/index.ts'
import { startEvaluator } from './evaluator.ts'
import { samples } from './events.ts'
import { expected } from './expected.ts'

const evaluator = await startEvaluator()
afterAll(() => evaluator.stop())

test.each(rules.map((rule) => [rule.name, rule] as const))(
  '%s: EventBridge takes the pattern',
  async (_, { when }) => {
    const nothing = { id: '1', source: 'aws.none', 'detail-type': 'None', account: '1', region: 'us-east-1' }
    const event = { ...nothing, time: '2026-11-21T06:12:31Z', resources: [], detail: {} }
    await expect(evaluator.matches(when, event)).resolves.toBe(false)
  },
)

test('the evaluator rejects invalid patterns', async () => {
  const event = samples[0]?.event as Event
  await expect(evaluator.matches({ source: 'aws.guardduty' }, event)).rejects.toThrow(/pattern/i)
  await expect(evaluator.matches({ source: [{ begins: 'aws.' }] }, event)).rejects.toThrow(/pattern/i)
})

test.each(samples.map(({ name, event }) => [name, event] as const))('%s', async (name, event) => {
  expect(await evaluator.firing(event)).toEqual(expected[name]?.fires)
})

// Only AWS can send events of AWS: a forged one has another source.
const real = samples.filter(({ name, rule }) => expected[name]?.fires.includes(rule))
test.each(real)('$name, forged', async ({ rule, event }) => {
  const when = rules.find(({ name }) => name === rule)?.when ?? {}
  expect(await evaluator.matches(when, { ...event, source: 'app.chatbot' })).toBe(false)
  expect(await evaluator.matches(when, { ...event, 'detail-type': `${event['detail-type']} (copy)` })).toBe(
    false,
  )
})

// Every finding about stolen credentials matches exactly one rule, whatever the identity.
describe('findings about stolen credentials fire one rule', () => {
  const [base] = samples.filter(({ name }) => name === 'guardduty-stolen-user-key/fires')
  const types = [
    'CredentialAccess:IAMUser/AnomalousBehavior',
    'CredentialAccess:IAMUser/CompromisedCredentials',
    'PenTest:IAMUser/KaliLinux',
    'Persistence:IAMUser/AnomalousBehavior',
    'PrivilegeEscalation:IAM/AccountManipulation',
    'PrivilegeEscalation:IAMUser/AnomalousBehavior',
    'UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B',
    'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.InsideAWS',
    'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
    'UnauthorizedAccess:IAMUser/MaliciousIPCaller',
    'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
    'UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS',
    'UnauthorizedAccess:IAMUser/TorIPCaller',
  ]
  const holders = [
    { userType: 'IAMUser', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    { userType: 'IAMUser', accessKeyId: 'ASIAIOSFODNN7EXAMPLE' },
    { userType: 'IAMUser' },
    { userType: 'AssumedRole', accessKeyId: 'ASIAIOSFODNN7EXAMPLE' },
    { userType: 'Root', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    { userType: 'FederatedUser', accessKeyId: 'ASIAIOSFODNN7EXAMPLE' },
    { userType: 'AWSAccount', accessKeyId: '' },
    {},
  ]
  test.each(types)('%s', async (type) => {
    const firing = await Promise.all(
      holders.map((accessKeyDetails) => {
        const detail = {
          ...base?.event.detail,
          type,
          resource: { resourceType: 'AccessKey', accessKeyDetails },
        }
        return evaluator.firing({ ...(base?.event as Event), detail })
      }),
    )
    expect(firing.map(({ length }) => length)).toEqual(holders.map(() => 1))
  })
})
