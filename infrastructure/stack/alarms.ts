import type { Deployment } from './deployment.ts'
import { deadLettersOf } from './functions/lambda.ts'
import { logicalId, type Resource, type Resources } from './template/template.ts'

/** A function must never fail unheard: its errors and its dead letters ring. */
export function alarmsOf(name: string, { prefix }: Deployment): Resources {
  const failed = {
    namespace: 'AWS/Lambda',
    metric: 'Errors',
    statistic: 'Sum',
    on: { FunctionName: `${prefix}-${name}` },
  }
  return {
    [logicalId(name, 'ErrorsAlarm')]: alarmResource(
      `${prefix}-${name}-errors`,
      `${name} failed: read its log.`,
      failed,
    ),
    [logicalId(name, 'DeadLettersAlarm')]: deadLettersAlarm(deadLettersOf(name, prefix)),
  }
}

/** Rings when something lies in a queue of dead letters. */
export const deadLettersAlarm = (QueueName: string): Resource =>
  alarmResource(
    QueueName.replace('.fifo', ''),
    `${QueueName}: something that nothing was done about. Read it, mend the cause, send it again.`,
    {
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      statistic: 'Maximum',
      on: { QueueName },
    },
  )

/** A measure and the most that is well. */
export interface AlarmMeasure {
  namespace: string
  metric: string
  statistic: string
  on: Record<string, string>
  most?: number
}

/** An alarm that tells the responders when one minute's measure is over what is well. */
export const alarmResource = (AlarmName: string, AlarmDescription: string, it: AlarmMeasure): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName,
    AlarmDescription,
    Namespace: it.namespace,
    MetricName: it.metric,
    Dimensions: Object.entries(it.on).map(([Name, Value]) => ({ Name, Value })),
    Statistic: it.statistic,
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: it.most ?? 0,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [{ Ref: 'Alerts' }],
  },
})
