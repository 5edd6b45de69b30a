import { deadLettersAlarm } from '../alarms.ts'
import type { Deployment } from '../deployment.ts'
import {
  arn,
  logicalId,
  policyDocument,
  type Resource,
  type Resources,
  substituted,
} from '../template/template.ts'
import { rulesOf } from './rules.ts'

const secondsADay = 86_400

/** The output of a layer's nested stack that has the URL of its queue. */
export const deadLettersOutput = 'DeadLettersUrl'

/** The dead-letter queue of a layer, or of a function that serves. */
export const deadLetterQueueName = (prefix: string, owner: string): string =>
  `${prefix}-${owner}-dead-letters`

/** A queue that keeps what was not processed for as long as SQS can. */
export const deadLetterQueue = (QueueName: string): Resource => ({
  Type: 'AWS::SQS::Queue',
  Properties: {
    QueueName,
    SqsManagedSseEnabled: true,
    ...(QueueName.endsWith('.fifo') && { FifoQueue: true }),
    MessageRetentionPeriod: 14 * secondsADay,
  },
})

/**
 * The dead-letter queue of a layer's playbooks, with its alarm: failed events of their functions, events that rules
 * and schedules could not deliver, events that no function can read. A message names the function it was for.
 */
export function layerDeadLetters(layer: string, { prefix }: Deployment): Resources {
  const id = logicalId(layer, 'DeadLetters')
  const name = deadLetterQueueName(prefix, layer)
  const fromRules = {
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: arn('sqs', name),
    Condition: { ArnLike: { 'aws:SourceArn': rulesOf(prefix) } },
  }
  return {
    [id]: deadLetterQueue(name),
    [`${id}Policy`]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: id }], PolicyDocument: substituted(policyDocument(fromRules)) },
    },
    [`${id}Alarm`]: deadLettersAlarm(name, prefix),
  }
}

/** The dead-letter queue of a function that serves, without its alarm. */
export const serviceDeadLetters = (name: string, { prefix }: Deployment): Resources => ({
  [logicalId(name, 'DeadLetters')]: deadLetterQueue(deadLetterQueueName(prefix, name)),
})
