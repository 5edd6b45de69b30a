import type { AnyTemplate } from '../../../infrastructure/stack/template/packaged.ts'

/** A price in us-east-1 in USD, without the free tier. */
interface Price {
  what: string
  usd: number
  source: string
}

/** As of 2026-11-21. */
const prices = {
  alarm: { what: 'an alarm, a month', usd: 0.1, source: 'aws.amazon.com/cloudwatch/pricing' },
  key: { what: 'a key, a month', usd: 1, source: 'aws.amazon.com/kms/pricing' },
  writes: {
    what: 'a million writes of 1 KB',
    usd: 0.625,
    source: 'aws.amazon.com/dynamodb/pricing/on-demand',
  },
  reads: { what: 'a million reads of 4 KB', usd: 0.125, source: 'aws.amazon.com/dynamodb/pricing/on-demand' },
  queue: { what: 'a million requests', usd: 0.4, source: 'aws.amazon.com/sqs/pricing' },
  calls: { what: 'a million runs', usd: 0.2, source: 'aws.amazon.com/lambda/pricing' },
  memory: { what: 'a million GB-seconds on arm64', usd: 13.3334, source: 'aws.amazon.com/lambda/pricing' },
  logs: { what: 'a GB taken in', usd: 0.5, source: 'aws.amazon.com/cloudwatch/pricing' },
} satisfies Record<string, Price>

/**
 * Units used by a million model invocations a month, each counted once: sent to the queue, and received in tens; two
 * events per batch (the batching window is five seconds), 0.1 s of 512 MB per batch; two counters written and one
 * read; half a KB of log per batch. Containments are too few to matter; events of AWS services on the default bus are free.
 */
const aMillionEvents: Partial<Record<keyof typeof prices, number>> = {
  queue: 1.2,
  calls: 0.5,
  memory: 0.025,
  writes: 2,
  reads: 1,
  logs: 0.25,
}

/** Resource types with a monthly price. */
const monthly: Record<string, keyof typeof prices> = {
  'AWS::CloudWatch::Alarm': 'alarm',
  'AWS::KMS::Key': 'key',
}

export interface MonthlyCost {
  /** USD a month. */
  standing: number
  /** USD for a million counted model invocations. */
  perMillion: number
}

/** The approximate cost of a stack, without trails, GuardDuty and data events, which cost more. Pure. */
export function costOf({ Resources }: AnyTemplate): MonthlyCost {
  const kinds = Object.values(Resources).flatMap(({ Type }) => monthly[Type] ?? [])
  const perMillion = Object.entries(aMillionEvents).reduce(
    (sum, [name, count]) => sum + prices[name as keyof typeof prices].usd * count,
    0,
  )
  return { standing: kinds.reduce((sum, kind) => sum + prices[kind].usd, 0), perMillion }
}
