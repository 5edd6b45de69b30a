import type { Pattern } from '../pattern.ts'
import type { EventDefinition } from './definition.ts'
import type { Envelope } from './envelope.ts'

export interface Metric {
  namespace: string
  name: string
  dimensions: Record<string, string>
}

/** An alarm changed its state. Source: CloudWatch User Guide, "Alarm events and EventBridge". */
export type CloudWatchAlarm = Envelope<
  'aws.cloudwatch',
  'CloudWatch Alarm State Change',
  {
    alarmName: string
    state: { value: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA'; reason: string }
    /** An entry of metric math has an expression in place of a metric. */
    configuration: { metrics: { id: string; expression?: string; metricStat?: { metric: Metric } }[] }
  }
>

/** A change to the state ALARM, on a metric like this. */
export const alarmState = (metric: Pattern<Metric>) =>
  ({
    source: ['aws.cloudwatch'],
    'detail-type': ['CloudWatch Alarm State Change'],
    detail: { state: { value: ['ALARM'] }, configuration: { metrics: { metricStat: { metric } } } },
  }) as const

/** The stages of REST APIs whose metrics the alarm watches, without duplicates. */
export function stagesIn({
  configuration,
}: CloudWatchAlarm['detail']): { apiName: string; stageName: string }[] {
  const found = configuration.metrics.flatMap(({ metricStat }) => {
    const { ApiName, Stage } = metricStat?.metric.dimensions ?? {}
    return ApiName && Stage ? [{ apiName: ApiName, stageName: Stage }] : []
  })
  return found.filter(
    (one, index) => index === found.findIndex((first) => stageNameOf(first) === stageNameOf(one)),
  )
}

/** The stage as messages name it: `<API>/<stage>`. */
export const stageNameOf = ({ apiName, stageName }: { apiName: string; stageName: string }) =>
  `${apiName}/${stageName}`

/** What a rule is about is the namespace of a metric. */
export const cloudWatchAlarm: EventDefinition<CloudWatchAlarm> = {
  sample: {
    version: '0',
    id: '3a4b5c6d-3333-4444-8555-6c7d8e9f0a1b',
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account: '111122223333',
    time: '2026-11-21T06:12:31Z',
    region: 'us-east-1',
    resources: ['arn:aws:cloudwatch:us-east-1:111122223333:alarm:many-invocations'],
    detail: { alarmName: 'many-invocations', state: { value: 'ALARM', reason: 'Threshold crossed' } },
  },
  pattern: alarmState,
  asks: (namespace) => [{ namespace: [namespace] }],
  about: ['AWS/Bedrock', 'AWS/Bedrock/Agents', 'AWS/Bedrock/Guardrails', 'AWS/SageMaker', 'AWS/ApiGateway'],
  because: (namespace) => `An alarm on a metric of ${namespace} changed to ALARM.`,
  threats: ['THREAT-25'],
  attack: ['T1496', 'LLM10'],
  subject: 'detail.alarmName',
  fires: (namespace) => ({
    detail: {
      configuration: {
        metrics: [{ id: 'm1', metricStat: { metric: { namespace, name: 'Invocations', dimensions: {} } } }],
      },
    },
  }),
  not: {
    not: { detail: { state: { value: 'OK' } } },
    'not-other-metric': {
      detail: {
        configuration: {
          metrics: [
            {
              id: 'm1',
              metricStat: { metric: { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: {} } },
            },
          ],
        },
      },
    },
  },
  names: {},
}
