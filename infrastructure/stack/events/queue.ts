import { redrivenAlarm } from '../alarms.ts'
import type { Deployment } from '../deployment.ts'
import { functionId } from '../functions/lambda.ts'
import { arnOf, logicalId, type Resources } from '../template/template.ts'
import { deadLetterQueue } from './dead-letters.ts'

const secondsADay = 86_400
/** How often a message is received before it is moved to the dead-letter queue. */
const maxReceives = 5
/** Six times what the function may run. Source: Lambda Developer Guide, "Configuring a queue". */
const visibilityTimeoutSeconds = 360

/**
 * A queue that invokes a function in batches, in which each message fails by itself; after repeated failures a message
 * is moved to the function's dead-letter queue. A FIFO queue (`….fifo`) gets a dead-letter queue of its own, since
 * that must be of the same kind.
 */
export function queueOf(id: string, QueueName: string, name: string, deployment: Deployment): Resources {
  const fifo = QueueName.endsWith('.fifo')
  const dead = fifo ? `${id}DeadLetters` : logicalId(name, 'DeadLetters')
  const deadName = QueueName.replace('.fifo', '-dead-letters.fifo')
  return {
    [id]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName,
        SqsManagedSseEnabled: true,
        ...(fifo && { FifoQueue: true }),
        VisibilityTimeout: visibilityTimeoutSeconds,
        MessageRetentionPeriod: 4 * secondsADay,
        RedrivePolicy: { deadLetterTargetArn: arnOf(dead), maxReceiveCount: maxReceives },
      },
    },
    [`${id}Source`]: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: arnOf(functionId(name)),
        EventSourceArn: arnOf(id),
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
    ...(fifo && {
      [dead]: deadLetterQueue(deadName),
      [`${dead}Alarm`]: redrivenAlarm(deadName, deployment),
    }),
  }
}

/** What a function needs to be invoked by a queue. Source: Lambda Developer Guide, "Execution role permissions". */
export const receiving = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']
