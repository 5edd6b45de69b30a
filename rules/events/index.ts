import { budgetBreachEvent } from './budget-breach.ts'
import { cloudTrailCall } from './cloudtrail.ts'
import { cloudWatchAlarm } from './cloudwatch.ts'
import { configComplianceChange } from './config-compliance.ts'
import { configItemChange } from './config-item.ts'
import type { EventDefinition } from './definition.ts'
import { guardDutyFinding } from './guardduty.ts'
import { guardrailIntervenedEvent } from './guardrail-intervened.ts'
import { healthEvent } from './health.ts'
import { modelInvocationEvent } from './model-invocation-observed.ts'
import { thresholdCrossedEvent } from './threshold-crossed.ts'

/** Every type of event that rules can answer, by its detail-type. */
export const eventDefinitions = {
  'AWS API Call via CloudTrail': cloudTrailCall,
  'AWS Health Event': healthEvent,
  'Budget Breach': budgetBreachEvent,
  'CloudWatch Alarm State Change': cloudWatchAlarm,
  'Config Configuration Item Change': configItemChange,
  'Config Rules Compliance Change': configComplianceChange,
  'GuardDuty Finding': guardDutyFinding,
  'Guardrail Intervened': guardrailIntervenedEvent,
  'Model Invocation Observed': modelInvocationEvent,
  'Threshold Crossed': thresholdCrossedEvent,
}

type Definitions = typeof eventDefinitions

/** The fields of every type of event, by its detail-type. */
export type Events = {
  [T in keyof Definitions]: Definitions[T] extends EventDefinition<infer E> ? E : never
}
