import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { Outcome } from './run.ts'

let logger: Logger | undefined
let metrics: Metrics | undefined

/** One log line and one metric an outcome: what Logs Insights and the dashboard read. */
export function log(outcome: Outcome): void {
  logger ??= new Logger({ serviceName: 'portcullis' })
  metrics ??= new Metrics({ namespace: 'Portcullis', serviceName: 'portcullis' })
  const { plan, ...said } = outcome
  logger.info(outcome.status, { ...said, ...(plan && { planHash: plan.hash, changes: plan.changes.length }) })
  const single = metrics.singleMetric()
  single.addDimension('playbook', outcome.playbook)
  single.addDimension('status', outcome.status)
  single.addMetric('outcome', MetricUnit.Count, 1)
}
