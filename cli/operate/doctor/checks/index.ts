import type { DoctorCheck } from '../check.ts'
import { invocationLog, regions } from './bedrock.ts'
import { dataEvents, trail } from './cloudtrail.ts'
import { guardduty } from './guardduty.ts'
import { clockCheck, identity, region } from './identity.ts'
import { deadLettersCheck, pauses } from './leftovers.ts'
import { mail } from './mail.ts'
import { parameters, slackSecret } from './parameters.ts'
import { slackChannels, slackToken } from './slack.ts'
import { functions, sources, stackCheck } from './stack.ts'
import { subscriptions, unsubscribe } from './topic.ts'

/** Every check: identity, detection, functions, notification, leftovers. */
export const checks: readonly DoctorCheck[] = [
  identity,
  clockCheck,
  region,
  trail,
  dataEvents,
  guardduty,
  invocationLog,
  regions,
  stackCheck,
  functions,
  sources,
  parameters,
  mail,
  subscriptions,
  unsubscribe,
  slackToken,
  slackChannels,
  slackSecret,
  deadLettersCheck,
  pauses,
]
