import { describe, expect, test } from 'vitest'
import type { Rule } from '../../engine/rule.ts'
import { deploymentOf } from '../../infrastructure/stack/deployment.ts'
import { queuePolicyOf, ruleOf } from '../../infrastructure/stack/events/rules.ts'
import { functionId } from '../../infrastructure/stack/functions/lambda.ts'
import { arnOf, logicalId, type Resources as Made } from '../../infrastructure/stack/template/template.ts'
import { stack } from '../../infrastructure/stack.ts'
import { playbooks } from '../../playbooks/index.ts'
import { rules } from '../../rules/index.ts'

const dev = deploymentOf({ stage: 'dev', ceiling: 'observe', budget: 10 })
const { Resources } = stack(dev).resources as { Resources: Made }
const ofType = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type)

interface Target {
  Id: string
  Arn: unknown
  InputTransformer: { InputTemplate: string }
  RetryPolicy: unknown
  DeadLetterConfig: unknown
}
const targetsOf = (id: string) => Resources[id]?.Properties.Targets as unknown as Target[]

test('there is one rule in EventBridge for each rule of ours; the others feed the queue of floods or the digest', () => {
  const ofPlaybooks = ofType('AWS::Events::Rule').filter(({ Properties: { Targets } }) =>
    (Targets as unknown as Target[]).every(({ Id }) => Id !== 'sense' && Id !== 'announce'),
  )
  const names = ofPlaybooks.map(({ Properties }) => Properties.Name)
  expect(names.sort()).toEqual(rules.map(({ name }) => `portcullis-dev-${name}`).sort())
})

describe.each(rules.map((one) => [one.name, one] as const))('%s', (name, rule) => {
  const id = logicalId(name, 'Rule')
  const called = Object.keys(rule.then)

  test('matches what it says, on the bus where it is said', () => {
    const { EventPattern, State, EventBusName } = Resources[id]?.Properties ?? {}
    expect(EventPattern).toEqual(rule.when)
    expect(State).toBe(rule.reads ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' : 'ENABLED')
    // Nobody but sense may speak as the stack, and that on its own bus only.
    const { source } = rule.when as { source: string[] }
    expect(EventBusName).toEqual(source.includes('portcullis') ? { Ref: 'Bus' } : undefined)
    // Source: EventBridge quotas, size of an event pattern.
    expect(JSON.stringify(EventPattern).length).toBeLessThanOrEqual(2048)
  })

  test('calls the playbooks it names: five at most, each with its dead-letter queue', () => {
    expect(called.length).toBeGreaterThan(0)
    expect(targetsOf(id)).toEqual(
      called.map((playbook) => ({
        Id: playbook,
        Arn: arnOf(functionId(playbook)),
        InputTransformer: expect.anything(),
        RetryPolicy: { MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 185 },
        DeadLetterConfig: { Arn: arnOf(logicalId(playbook, 'DeadLetters')) },
      })),
    )
    expect(called.length).toBeLessThanOrEqual(5)
    for (const one of called) expect(playbooks.map((playbook) => playbook.name)).toContain(one)
  })

  test('tells them its name and the whole event, and nothing besides', () => {
    const event = { id: '1', detail: { said: 'a "quoted" <b>text</b> \\ with $& and <signs>' } }
    for (const { InputTransformer } of targetsOf(id)) {
      // As EventBridge does: the variable's place is taken by the event's JSON, unescaped.
      const input = InputTransformer.InputTemplate.replace('<aws.events.event.json>', () =>
        JSON.stringify(event),
      )
      expect(JSON.parse(input)).toEqual({ rule: name, event })
    }
  })

  test('is let in to those, and to none else', () => {
    const letIn = ofType('AWS::Lambda::Permission')
      .filter(({ Properties }) => JSON.stringify(Properties.SourceArn) === JSON.stringify(arnOf(id)))
      .map(({ Properties }) => Properties)
    expect(letIn).toEqual(
      called.map((playbook) => ({
        FunctionName: arnOf(functionId(playbook)),
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: arnOf(id),
      })),
    )
  })
})

test('nobody is let in without saying whence', () => {
  for (const { Properties } of ofType('AWS::Lambda::Permission')) expect(Properties.SourceArn).toBeDefined()
})

describe.each(playbooks.map(({ name }) => name))('the dead-letter queue of %s', (name) => {
  test('takes letters from exactly the rules that call it', () => {
    const callers = rules
      .filter(({ then }) => name in then)
      .map((rule) => arnOf(logicalId(rule.name, 'Rule')))
    const queue = logicalId(name, 'DeadLetters')
    const document = Resources[`${queue}Policy`]?.Properties.PolicyDocument
    const statement = {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: arnOf(queue),
      Condition: { ArnEquals: { 'aws:SourceArn': callers } },
    }
    expect(document).toEqual(
      callers.length > 0 ? { Version: '2012-10-17', Statement: [statement] } : undefined,
    )
  })
})

const sample: Rule = {
  name: 'sample',
  because: 'x',
  severity: 'low',
  attack: [],
  when: { source: ['aws.x'] },
  subject: () => 'x',
  then: {},
  mode: 'observe',
  release: '1h',
}
const calling = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`p${n}`, () => []]))

test('a rule that EventBridge would refuse is refused before', () => {
  expect(() => ruleOf({ ...sample, then: calling(5) }, dev)).not.toThrow()
  expect(() => ruleOf({ ...sample, then: calling(6) }, dev)).toThrow('sample calls more than 5 playbooks')
  expect(() => ruleOf({ ...sample, name: 'a'.repeat(50) }, dev)).toThrow('64 characters')
})

test('a playbook that no rule calls takes letters from none', () => {
  expect(queuePolicyOf('sample', [sample])).toEqual({})
})
