import type { Duration, Mode } from '../../../engine/rule.ts'
import { StackName } from '../../../local/deploy.ts'
import { localAccount, localRegion } from '../../../local/local-account.ts'
import { functionNames } from '../../replay/load-playbooks.ts'

/** Limits of the local stage: its ceiling, and the longest time until an automatic release. */
export interface Bounds {
  ceiling: Mode
  longest: Duration
}

export const prefix = StackName

/** The names of the resources in the environment of the functions. */
export const names = {
  table: `${prefix}-journal`,
  /** Receives the commands of the scheduler: there is no function that it could call. */
  scheduler: `${prefix}-clock`,
  deadLetters: `${prefix}-dead-letters`,
  topic: `${prefix}-alerts`,
}

/** The environment that infrastructure/stack.ts gives the functions; here all functions share one process. */
export const devEnvironment = ({ ceiling, longest }: Bounds, url: string): Record<string, string> => ({
  // Logs are for CloudWatch; only what an author prints is shown.
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  PORTCULLIS_PREFIX: prefix,
  PORTCULLIS_TABLE: names.table,
  PORTCULLIS_CEILING: ceiling,
  PORTCULLIS_LONGEST: longest,
  // No budget while trying things out.
  PORTCULLIS_BUDGET: '1000',
  PORTCULLIS_SCHEDULE_GROUP: prefix,
  PORTCULLIS_SCHEDULE_ROLE: `arn:aws:iam::${localAccount}:role/${prefix}-scheduler`,
  PORTCULLIS_FUNCTION: arn('sqs', names.scheduler),
  PORTCULLIS_DEAD_LETTERS: `${url}/${localAccount}/${names.deadLetters}`,
  PORTCULLIS_DEAD_LETTERS_ARN: arn('sqs', names.deadLetters),
  PORTCULLIS_TOPIC: arn('sns', names.topic),
  PORTCULLIS_ACCOUNT: localAccount,
  PORTCULLIS_PLAYBOOKS: functionNames().join(','),
})

const arn = (service: string, name: string): string =>
  `arn:aws:${service}:${localRegion}:${localAccount}:${name}`
