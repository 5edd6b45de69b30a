import type { CloudTrailCall } from './cloudtrail.ts'
import type { CloudWatchAlarm } from './cloudwatch.ts'
import type { GuardDutyFinding } from './guardduty.ts'
import type { HealthEvent } from './health.ts'
import type {
  BudgetBreachEvent,
  GuardrailIntervenedEvent,
  ModelInvocationEvent,
  ThresholdCrossedEvent,
} from './signal-events.ts'

/** Every event whose shape we know, by its detail-type. */
export interface Events {
  'AWS API Call via CloudTrail': CloudTrailCall
  'AWS Health Event': HealthEvent
  'Budget Breach': BudgetBreachEvent
  'CloudWatch Alarm State Change': CloudWatchAlarm
  'GuardDuty Finding': GuardDutyFinding
  'Guardrail Intervened': GuardrailIntervenedEvent
  'Model Invocation Observed': ModelInvocationEvent
  'Threshold Crossed': ThresholdCrossedEvent
}
