import type { CloudTrailCall } from './events/cloudtrail.ts'
import type { Metric } from './events/cloudwatch.ts'
import type { GuardDutyFinding } from './events/guardduty.ts'
import type { HealthEvent } from './events/health.ts'
import type { Pattern } from './pattern.ts'

/*
 * Patterns for the most common events, each with the conditions that are easily forgotten. They return plain
 * EventBridge patterns; a rule may also write its own. Thresholds and budgets: threshold.ts.
 */

type Detail<E extends { detail: object }> = Pattern<E['detail']>

/** A GuardDuty finding that is not archived: archived findings are delivered again with every change. */
export const finding = (detail: Detail<GuardDutyFinding>) =>
  ({
    source: ['aws.guardduty'],
    'detail-type': ['GuardDuty Finding'],
    detail: { ...detail, service: { archived: [false, { exists: false }], ...detail.service } },
  }) as const

/** A successful call to a service, as CloudTrail records it: a refused call changed nothing. */
export const call = <S extends string>(
  service: S,
  eventName: Detail<CloudTrailCall>['eventName'] & {},
  detail: Omit<Detail<CloudTrailCall>, 'eventSource' | 'eventName'> = {},
) =>
  ({
    source: [`aws.${service}`],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: [`${service}.amazonaws.com`],
      eventName,
      errorCode: [{ exists: false }],
      ...detail,
    },
  }) as const

/** An alarm on such a metric that changed to `ALARM`. */
export const alarmState = (metric: Pattern<Metric>) =>
  ({
    source: ['aws.cloudwatch'],
    'detail-type': ['CloudWatch Alarm State Change'],
    detail: { state: { value: ['ALARM'] }, configuration: { metrics: { metricStat: { metric } } } },
  }) as const

/** An open risk to the account, reported by AWS Health. */
export const risk = (eventTypeCode: Detail<HealthEvent>['eventTypeCode'] & {}) =>
  ({
    source: ['aws.health'],
    'detail-type': ['AWS Health Event'],
    detail: { service: ['RISK'], eventTypeCode, statusCode: ['open', { exists: false }] },
  }) as const
