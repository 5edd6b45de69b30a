import type { DoctorCheck } from '../check.ts'
import { invocationLog, regions } from './bedrock.ts'
import { dataEvents, trail } from './cloudtrail.ts'
import { guardduty } from './guardduty.ts'
import { clockSkew, identity, region } from './identity.ts'
import { deadLetterQueues, pauses } from './leftovers.ts'
import { mail } from './mail.ts'
import { parameters, slackSecret } from './parameters.ts'
import { slackChannels, slackToken } from './slack.ts'
import { functions, sources, stackStatus } from './stack.ts'
import { subscriptions, unsubscribe } from './topic.ts'

/** Every check: identity, detection, functions, notification, leftovers. */
export const checks: readonly DoctorCheck[] = [
  identity,
  clockSkew,
  region,
  trail,
  dataEvents,
  guardduty,
  invocationLog,
  regions,
  stackStatus,
  functions,
  sources,
  parameters,
  mail,
  subscriptions,
  unsubscribe,
  slackToken,
  slackChannels,
  slackSecret,
  deadLetterQueues,
  pauses,
]
