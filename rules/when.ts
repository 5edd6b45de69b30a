/*
 * Patterns for the most common events, each with the conditions that are easily forgotten. They return plain
 * EventBridge patterns; a rule may also write its own. Thresholds and budgets: threshold.ts.
 */
export { call } from './events/cloudtrail.ts'
export { alarmState } from './events/cloudwatch.ts'
export { finding } from './events/guardduty.ts'
export { risk } from './events/health.ts'
