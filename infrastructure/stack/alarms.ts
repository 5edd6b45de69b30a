import { arn, type Resource, substituted } from './template/template.ts'

/** A metric and the highest value that is normal. */
interface AlarmMetric {
  namespace: string
  metric: string
  statistic: 'Maximum' | 'Sum'
  dimensions: Record<string, string>
  threshold?: number
}

/** An alarm that notifies the responders when the metric of one minute is above its threshold. */
export const alarm = (
  AlarmName: string,
  AlarmDescription: string,
  prefix: string,
  { namespace, metric, statistic, dimensions, threshold }: AlarmMetric,
): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    ...common(AlarmName, AlarmDescription, prefix, threshold),
    Namespace: namespace,
    MetricName: metric,
    Dimensions: dimensionsOf(dimensions),
    Statistic: statistic,
    Period: 60,
  },
})

/** Notifies of every failed run of a function whose failures reach no dead-letter queue, or only some of them. */
export const errorsAlarm = (name: string, prefix: string): Resource =>
  alarm(
    `${prefix}-${name}-errors`,
    `${name} failed or timed out. Read its log group /aws/lambda/${prefix}-${name}.`,
    prefix,
    {
      namespace: 'AWS/Lambda',
      metric: 'Errors',
      statistic: 'Sum',
      dimensions: { FunctionName: `${prefix}-${name}` },
    },
  )

/**
 * Notifies of every message that is sent to a dead-letter queue: by Lambda, EventBridge, EventBridge Scheduler or a
 * function. The number of visible messages would stay above 0 until the queue is emptied, and the second message
 * would go unnoticed.
 */
export const deadLettersAlarm = (QueueName: string, prefix: string): Resource =>
  alarm(QueueName, `An event was not processed. ${advice(QueueName)}`, prefix, {
    namespace: 'AWS/SQS',
    metric: 'NumberOfMessagesSent',
    statistic: 'Sum',
    dimensions: { QueueName },
  })

/**
 * The same for a queue into which SQS itself moves messages (`maxReceiveCount`), which `NumberOfMessagesSent` does not
 * count: it notifies whenever there are more messages than a minute before. Without metric math, which MiniStack
 * 1.5.33 does not have, it notifies of the first one only. Source: SQS Developer Guide, "Dead-letter queues".
 */
export function redrivenAlarm(
  QueueName: string,
  { prefix, local }: { prefix: string; local: boolean },
): Resource {
  const says = `A message was given up after repeated failures. ${advice(QueueName)}`
  const name = QueueName.replace('.fifo', '')
  const [namespace, metric, dimensions] = [
    'AWS/SQS',
    'ApproximateNumberOfMessagesVisible',
    { QueueName },
  ] as const
  if (local) return alarm(name, says, prefix, { namespace, metric, statistic: 'Maximum', dimensions })
  const Metric = { Namespace: namespace, MetricName: metric, Dimensions: dimensionsOf(dimensions) }
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      ...common(name, says, prefix),
      Metrics: [
        { Id: 'more', Expression: 'DIFF(FILL(visible, 0))', Label: 'New messages' },
        { Id: 'visible', ReturnData: false, MetricStat: { Metric, Stat: 'Maximum', Period: 60 } },
      ],
    },
  }
}

const advice = (queue: string): string =>
  `Read the messages in ${queue}, fix the cause, then send them again or delete them.`

const common = (AlarmName: string, AlarmDescription: string, prefix: string, Threshold = 0) => ({
  AlarmName,
  AlarmDescription,
  EvaluationPeriods: 1,
  Threshold,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
  AlarmActions: [substituted(arn('sns', `${prefix}-alerts`))],
})

const dimensionsOf = (dimensions: Record<string, string>) =>
  Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
