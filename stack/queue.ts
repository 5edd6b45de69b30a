import { functionId } from './lambda.ts'
import { arnOf, idOf, type Resources } from './template.ts'

const days = 86_400
/** A message comes so often before it is a dead letter. */
const mostReceives = 5
/** Longer than its function may run, six times over. Source: Lambda Developer Guide, "Configuring a queue". */
const hiddenSeconds = 360

/**
 * A queue that feeds a function in batches, each message told apart when it fails; what never succeeds goes to the
 * function's own dead letters.
 */
export const queueOf = (id: string, QueueName: string, name: string): Resources => ({
  [id]: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName,
      SqsManagedSseEnabled: true,
      VisibilityTimeout: hiddenSeconds,
      MessageRetentionPeriod: 4 * days,
      RedrivePolicy: { deadLetterTargetArn: arnOf(idOf(name, 'DeadLetters')), maxReceiveCount: mostReceives },
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
})

/** What a function needs to be fed by a queue. Source: Lambda Developer Guide, "Execution role permissions". */
export const receiving = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']
