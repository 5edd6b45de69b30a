import { deadLettersAlarm } from '../alarms.ts'
import { functionId } from '../functions/lambda.ts'
import { arnOf, logicalId, type Resources } from '../template/template.ts'

const days = 86_400
/** A message comes so often before it is a dead letter. */
const mostReceives = 5
/** Longer than its function may run, six times over. Source: Lambda Developer Guide, "Configuring a queue". */
const hiddenSeconds = 360

/**
 * A queue that feeds a function in batches, each message told apart when it fails; what never succeeds goes to the
 * function's own dead letters. A FIFO queue (`….fifo`) needs dead letters of its own kind.
 */
export function queueOf(id: string, QueueName: string, name: string): Resources {
  const fifo = QueueName.endsWith('.fifo')
  const dead = fifo ? `${id}DeadLetters` : logicalId(name, 'DeadLetters')
  const kept = { SqsManagedSseEnabled: true, ...(fifo && { FifoQueue: true }) }
  return {
    [id]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName,
        ...kept,
        VisibilityTimeout: hiddenSeconds,
        MessageRetentionPeriod: 4 * days,
        RedrivePolicy: { deadLetterTargetArn: arnOf(dead), maxReceiveCount: mostReceives },
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
    ...(fifo && deadLettersOf(id, QueueName.replace('.fifo', '-dead-letters.fifo'), kept)),
  }
}

const deadLettersOf = (id: string, QueueName: string, kept: object): Resources => ({
  [`${id}DeadLetters`]: {
    Type: 'AWS::SQS::Queue',
    Properties: { QueueName, ...kept, MessageRetentionPeriod: 14 * days },
  },
  [`${id}DeadLettersAlarm`]: deadLettersAlarm(QueueName),
})

/** What a function needs to be fed by a queue. Source: Lambda Developer Guide, "Execution role permissions". */
export const receiving = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']
