import type { Rule } from '../../../engine/rule.ts'
import { stackSource } from '../../../sensing/intake/source.ts'
import type { Deployment } from '../deployment.ts'
import { functionId } from '../functions/lambda.ts'
import {
  arnOf,
  logicalId,
  policyDocument,
  type Resource,
  type Resources,
  type TemplateValue,
} from '../template/template.ts'

/** Source: EventBridge quotas, targets per rule. */
const mostTargets = 5

/**
 * A rule on the bus of its events and its leave to call each playbook it names. Throws when it names more than
 * EventBridge takes.
 */
export function ruleOf(rule: Rule, { prefix }: Deployment): Resources {
  const names = Object.keys(rule.then)
  const Name = `${prefix}-${rule.name}`
  if (Name.length > 64) throw new Error(`${Name}: a rule's name has 64 characters at most.`)
  if (names.length > mostTargets) throw new Error(`${rule.name} calls more than ${mostTargets} playbooks.`)
  const id = logicalId(rule.name, 'Rule')
  return {
    [id]: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name,
        Description: rule.because,
        ...(isOfSignals(rule) && { EventBusName: { Ref: 'Bus' } }),
        EventPattern: rule.when as TemplateValue,
        // Source: EventBridge User Guide, "AWS service events delivered via CloudTrail", read-only management events.
        State: rule.reads ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' : 'ENABLED',
        Targets: names.map((name) => targetOf(name, rule)),
      },
    },
    ...Object.fromEntries(
      names.map((name) => [logicalId(`${rule.name}-${name}`, 'Permission'), permission(name, id)]),
    ),
  }
}

/** Signals come on the stack's own bus, everything else on the default one. */
const isOfSignals = ({ when }: Rule): boolean => (when as { source: string[] }).source.includes(stackSource)

const targetOf = (name: string, rule: Rule): TemplateValue => ({
  Id: name,
  Arn: arnOf(functionId(name)),
  // Source: EventBridge User Guide, "Input transformation": this variable is the whole event, unescaped JSON.
  InputTransformer: { InputTemplate: `{"rule":"${rule.name}","event":<aws.events.event.json>}` },
  // After six hours an attacker has moved on, and a person must look: what is left is in the dead-letter queue.
  RetryPolicy: { MaximumEventAgeInSeconds: 6 * 3600, MaximumRetryAttempts: 185 },
  DeadLetterConfig: { Arn: arnOf(logicalId(name, 'DeadLetters')) },
})

const permission = (name: string, rule: string): Resource => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    FunctionName: arnOf(functionId(name)),
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: arnOf(rule),
  },
})

/** Lets exactly the rules that call a playbook leave in its queue what they could not deliver. */
export function queuePolicyOf(name: string, rules: readonly Rule[]): Resources {
  const callers = rules.filter(({ then }) => name in then)
  if (callers.length === 0) return {}
  const queue = logicalId(name, 'DeadLetters')
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: arnOf(queue),
    Condition: { ArnEquals: { 'aws:SourceArn': callers.map((rule) => arnOf(logicalId(rule.name, 'Rule'))) } },
  }
  return {
    [`${queue}Policy`]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: queue }], PolicyDocument: policyDocument(statement) },
    },
  }
}
