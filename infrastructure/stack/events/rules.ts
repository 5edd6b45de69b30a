import type { Rule } from '../../../engine/rule.ts'
import { stackSource } from '../../../sensing/intake/source.ts'
import type { Deployment } from '../deployment.ts'
import {
  arn,
  logicalId,
  type Resource,
  type Resources,
  substituted,
  type TemplateValue,
} from '../template/template.ts'
import { deadLetterQueueName } from './dead-letters.ts'
import { ruleArnsOf, ruleName } from './rule-names.ts'

/** Source: EventBridge quotas, "Targets per rule". */
const maxTargets = 5
/** Source: EventBridge API reference, PutRule. */
const maxNameLength = 64

/** How EventBridge retries a rule's failed deliveries: after six hours an attacker has moved on. */
export const ruleRetries = { MaximumEventAgeInSeconds: 6 * 3600, MaximumRetryAttempts: 185 }

/**
 * A rule on the bus of its events, which calls each playbook it names. Throws when it has more targets or a longer
 * name than EventBridge takes.
 */
export function ruleOf(rule: Rule, { prefix }: Deployment, layerOf: (playbook: string) => string): Resources {
  const names = Object.keys(rule.then)
  const Name = ruleName(prefix, rule.name)
  if (Name.length > maxNameLength)
    throw new Error(`${Name}: a rule's name has at most ${maxNameLength} characters.`)
  if (names.length > maxTargets) throw new Error(`${rule.name} calls more than ${maxTargets} playbooks.`)
  return {
    [logicalId(rule.name, 'Rule')]: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name,
        Description: rule.because,
        ...(isOfSignals(rule) && { EventBusName: prefix }),
        EventPattern: rule.when as TemplateValue,
        // Source: EventBridge User Guide, "AWS service events delivered via CloudTrail", read-only management events.
        State: rule.reads ? 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' : 'ENABLED',
        Targets: names.map((name) => targetOf(name, rule, prefix, layerOf(name))),
      },
    },
  }
}

/** Signals come on the stack's own bus, everything else on the default one. */
const isOfSignals = ({ when }: Rule): boolean => (when as { source: string[] }).source.includes(stackSource)

const targetOf = (name: string, rule: Rule, prefix: string, layer: string): TemplateValue => ({
  Id: name,
  Arn: substituted(arn('lambda', `function:${prefix}-${name}`)),
  // Source: EventBridge User Guide, "Input transformation": this variable is the whole event, unescaped JSON.
  InputTransformer: { InputTemplate: `{"rule":"${rule.name}","event":<aws.events.event.json>}` },
  RetryPolicy: ruleRetries,
  DeadLetterConfig: { Arn: substituted(arn('sqs', deadLetterQueueName(prefix, layer))) },
})

/**
 * Lets the stack's rules invoke a playbook's function: one permission for each bus whose rules call it, since a rule's
 * ARN names its bus. Only principals that may create rules of the stack's names could add a caller, and to the stack's
 * functions that is denied.
 */
export function rulePermissions(name: string, rules: readonly Rule[], prefix: string): Resources {
  const callers = rules.filter(({ then }) => name in then)
  const [onDefault = '', onOwn = ''] = ruleArnsOf(prefix)
  return {
    ...(callers.some((rule) => !isOfSignals(rule)) && {
      [logicalId(name, 'EventsPermission')]: permission(name, onDefault, prefix),
    }),
    ...(callers.some(isOfSignals) && {
      [logicalId(name, 'SignalsPermission')]: permission(name, onOwn, prefix),
    }),
  }
}

const permission = (name: string, rules: string, prefix: string): Resource => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    FunctionName: `${prefix}-${name}`,
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: substituted(rules),
  },
})
