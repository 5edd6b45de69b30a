import type { Envelope } from './envelope.ts'

export interface Metric {
  namespace: string
  name: string
  dimensions: Record<string, string>
}

/** An alarm changed state. Source: CloudWatch User Guide, "Alarm events and EventBridge". */
export type CloudWatchAlarm = Envelope<
  'aws.cloudwatch',
  'CloudWatch Alarm State Change',
  {
    alarmName: string
    state: { value: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA'; reason: string }
    /** Metric maths has entries with an expression and no metric of their own. */
    configuration: { metrics: { id: string; expression?: string; metricStat?: { metric: Metric } }[] }
  }
>

/** The stages of REST APIs whose metrics an alarm watches, each once. */
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

/** A stage as people know it. */
export const stageNameOf = ({ apiName, stageName }: { apiName: string; stageName: string }) =>
  `${apiName}/${stageName}`
