/*
 * Patterns for the most common events, each with the conditions that are easily forgotten. They return ordinary
 * EventBridge patterns; a rule can also write its own.
 */
export { budgetBreach } from './events/budget-breach.ts'
export { call } from './events/cloudtrail.ts'
export { alarmState } from './events/cloudwatch.ts'
export { nonCompliant } from './events/config-compliance.ts'
export { resourceChanged } from './events/config-item.ts'
export { finding } from './events/guardduty.ts'
export { guardrailIntervened } from './events/guardrail-intervened.ts'
export { risk } from './events/health.ts'
export { modelInvoked } from './events/model-invocation-observed.ts'
export { thresholdCrossed } from './events/threshold-crossed.ts'
