import type { CloudTrailCall } from './events/cloudtrail.ts'
import type { Metric } from './events/cloudwatch.ts'
import type { GuardDutyFinding } from './events/guardduty.ts'
import type { HealthEvent } from './events/health.ts'
import type { Breached, Crossed } from './events/signal-events.ts'
import type { Pattern } from './pattern.ts'

/*
 * Patterns for the commonest events, each with the condition that is easily forgotten. They give plain
 * EventBridge patterns; a rule may as well spell its own.
 */

type Detail<E extends { detail: object }> = Pattern<E['detail']>

/** A GuardDuty finding that nobody has archived: an archived one is delivered again with every change. */
export const finding = (detail: Detail<GuardDutyFinding>) =>
  ({
    source: ['aws.guardduty'],
    'detail-type': ['GuardDuty Finding'],
    detail: { ...detail, service: { archived: [false, { exists: false }], ...detail.service } },
  }) as const

/** A call to a service, as CloudTrail records it, that succeeded: a refused one changed nothing. */
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

/** An alarm that goes off, on a metric like this. */
export const alarmState = (metric: Pattern<Metric>) =>
  ({
    source: ['aws.cloudwatch'],
    'detail-type': ['CloudWatch Alarm State Change'],
    detail: { state: { value: ['ALARM'] }, configuration: { metrics: { metricStat: { metric } } } },
  }) as const

/** A risk to the account that AWS Health tells of, and that is not over. */
export const risk = (eventTypeCode: Detail<HealthEvent>['eventTypeCode'] & {}) =>
  ({
    source: ['aws.health'],
    'detail-type': ['AWS Health Event'],
    detail: { service: ['RISK'], eventTypeCode, statusCode: ['open', { exists: false }] },
  }) as const

/** A limit of a window of rules/windows/ that was reached, as the stack says on its own bus. */
export const thresholdCrossed = (threshold: string, detail: Detail<Crossed> = {}) =>
  ({
    source: ['portcullis'],
    'detail-type': ['Threshold Crossed'],
    detail: { threshold: [threshold], ...detail },
  }) as const

/** A budget of rules/models/token-budgets.ts that was spent. */
export const budgetBreach = (detail: Detail<Breached>) =>
  ({ source: ['portcullis'], 'detail-type': ['Budget Breach'], detail }) as const
