import type { Duration, Mode } from '../../engine/rule.ts'
import { StackName } from '../../local/deploy.ts'
import { localAccount, localRegion } from '../../local/local-account.ts'
import { functionNames } from '../replay/load.ts'

/** How far the machine may go by itself, and for how long at most. */
export interface Bounds {
  ceiling: Mode
  longest: Duration
}

export const prefix = StackName

/** The names of what the functions' environment speaks of. */
export const names = {
  table: `${prefix}-journal`,
  /** What the clock sends goes here: there is no function that it could call. */
  clock: `${prefix}-clock`,
  deadLetters: `${prefix}-dead-letters`,
  topic: `${prefix}-alerts`,
}

/** What infrastructure/stack.ts would give the functions of playbooks, and announce; here all of them share one process. */
export const devEnvironment = ({ ceiling, longest }: Bounds, url: string): Record<string, string> => ({
  // What a function logs is for CloudWatch; what its author prints is shown.
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  PORTCULLIS_PREFIX: prefix,
  PORTCULLIS_TABLE: names.table,
  PORTCULLIS_CEILING: ceiling,
  PORTCULLIS_LONGEST: longest,
  // One tries as often as one likes.
  PORTCULLIS_BUDGET: '1000',
  PORTCULLIS_SCHEDULE_GROUP: prefix,
  PORTCULLIS_SCHEDULE_ROLE: `arn:aws:iam::${localAccount}:role/${prefix}-scheduler`,
  PORTCULLIS_FUNCTION: arn('sqs', names.clock),
  PORTCULLIS_DEAD_LETTERS: `${url}/${localAccount}/${names.deadLetters}`,
  PORTCULLIS_DEAD_LETTERS_ARN: arn('sqs', names.deadLetters),
  PORTCULLIS_TOPIC: arn('sns', names.topic),
  PORTCULLIS_ACCOUNT: localAccount,
  PORTCULLIS_PLAYBOOKS: functionNames().join(','),
})

const arn = (service: string, name: string): string =>
  `arn:aws:${service}:${localRegion}:${localAccount}:${name}`
