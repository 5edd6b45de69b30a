import { describe, expect, test } from 'vitest'
import type { Rule } from '../../engine/rule.ts'
import { deploymentOf } from '../../infrastructure/stack/deployment.ts'
import { ruleOf, rulePermissions } from '../../infrastructure/stack/events/rules.ts'
import { layerOf } from '../../infrastructure/stack/layers.ts'
import { arn, logicalId, type Resources as Made } from '../../infrastructure/stack/template/template.ts'
import { stack } from '../../infrastructure/stack.ts'
import { playbooks } from '../../playbooks/index.ts'
import { rules } from '../../rules/index.ts'

const dev = deploymentOf({ stage: 'dev', ceiling: 'observe', budget: 10 })
const made = stack(dev)
const Resources = Object.assign(
  {},
  made.resources.Resources,
  ...made.nested.map(({ resources }) => resources),
) as Made
const ofType = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type)

interface Target {
  Id: string
  Arn: unknown
  InputTransformer: { InputTemplate: string }
  RetryPolicy: unknown
  DeadLetterConfig: unknown
}
const targetsOf = (id: string) => Resources[id]?.Properties.Targets as unknown as Target[]

test('each rule is a rule in EventBridge; the others feed the queue of sense or start the digest', () => {
  const ofPlaybooks = ofType('AWS::Events::Rule').filter(({ Properties: { Targets } }) =>
    (Targets as unknown as Target[]).every(({ Id }) => Id !== 'sense' && Id !== 'announce'),
  )
  const names = ofPlaybooks.map(({ Properties }) => Properties.Name)
  expect(names.sort()).toEqual(rules.map(({ name }) => `portcullis-dev.${name}`).sort())
})

describe.each(rules.map((one) => [one.name, one] as const))('%s', (name, rule) => {
  const id = logicalId(name, 'Rule')
  const called = Object.keys(rule.then)

  test('matches what it says, on the bus where it is said', () => {
    const { EventPattern, State, EventBusName } = Resources[id]?.Properties ?? {}
    expect(EventPattern).toEqual(rule.when)
    expect(State).toBe(rule.reads ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' : 'ENABLED')
    // Only sense may put events with the stack's own source, and on its own bus only.
    const { source } = rule.when as { source: string[] }
    expect(EventBusName).toEqual(source.includes('portcullis') ? 'portcullis-dev' : undefined)
    // Source: EventBridge quotas, size of an event pattern.
    expect(JSON.stringify(EventPattern).length).toBeLessThanOrEqual(2048)
  })

  test('calls the playbooks it names, each with the dead-letter queue of its layer', () => {
    expect(called.length).toBeGreaterThan(0)
    expect(targetsOf(id)).toEqual(
      called.map((playbook) => ({
        Id: playbook,
        Arn: { 'Fn::Sub': arn('lambda', `function:portcullis-dev-${playbook}`) },
        InputTransformer: expect.anything(),
        RetryPolicy: { MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 185 },
        DeadLetterConfig: {
          Arn: { 'Fn::Sub': arn('sqs', `portcullis-dev-${layerOf(playbook)}-dead-letters`) },
        },
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
})

describe.each(playbooks.map(({ name }) => name))('the function of %s', (name) => {
  test('may be invoked by the rules of the stack, on the buses whose rules call it', () => {
    const callers = rules
      .filter(({ then }) => name in then)
      .map((rule) => Resources[logicalId(rule.name, 'Rule')])
    const buses = new Set(callers.map((rule) => (rule?.Properties.EventBusName ? 'portcullis-dev/' : '')))
    const permitted = ofType('AWS::Lambda::Permission')
      .map(({ Properties }) => Properties)
      .filter(({ FunctionName }) => FunctionName === `portcullis-dev-${name}`)
    expect(permitted).toHaveLength(buses.size)
    expect(permitted).toEqual(
      [...buses].sort().map((bus) => ({
        FunctionName: `portcullis-dev-${name}`,
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::Sub': arn('events', `rule/${bus}portcullis-dev.*`) },
      })),
    )
  })
})

test('no permission is without a source', () => {
  for (const { Properties } of ofType('AWS::Lambda::Permission')) expect(Properties.SourceArn).toBeDefined()
})

describe.each([...new Set(playbooks.map(({ name }) => layerOf(name)))])(
  'the dead-letter queue of %s',
  (layer) => {
    test('takes messages from the rules of the stack only', () => {
      const policy = Resources[`${logicalId(layer, 'DeadLetters')}Policy`]?.Properties
      expect(policy).toEqual({
        Queues: [{ Ref: logicalId(layer, 'DeadLetters') }],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: { 'Fn::Sub': arn('sqs', `portcullis-dev-${layer}-dead-letters`) },
              Condition: {
                ArnLike: {
                  'aws:SourceArn': ['portcullis-dev.*', 'portcullis-dev/portcullis-dev.*'].map((rule) => ({
                    'Fn::Sub': arn('events', `rule/${rule}`),
                  })),
                },
              },
            },
          ],
        },
      })
    })
  },
)

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
  const made = (rule: Rule) => ruleOf(rule, dev, () => 'identity')
  expect(() => made({ ...sample, then: calling(5) })).not.toThrow()
  expect(() => made({ ...sample, then: calling(6) })).toThrow('sample calls more than 5 playbooks')
  expect(() => made({ ...sample, name: 'a'.repeat(50) })).toThrow('64 characters')
})

test('a playbook that no rule calls may be invoked by none', () => {
  expect(rulePermissions('sample', [sample], 'portcullis-dev')).toEqual({})
})
