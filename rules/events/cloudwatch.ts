import type { Envelope } from './envelope.ts'

/** An alarm changed state. Source: CloudWatch User Guide, "Alarm events and EventBridge". */
export type CloudWatchAlarm = Envelope<
  'aws.cloudwatch',
  'CloudWatch Alarm State Change',
  {
    alarmName: string
    state: { value: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA'; reason: string }
    configuration: {
      metrics: {
        id: string
        metricStat: { metric: { namespace: string; name: string; dimensions: Record<string, string> } }
      }[]
    }
  }
>
