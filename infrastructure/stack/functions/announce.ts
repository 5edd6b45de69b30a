import { alarm, errorsAlarm, redrivenAlarm } from '../alarms.ts'
import type { Deployment } from '../deployment.ts'
import { deadLetterQueueName, serviceDeadLetters } from '../events/dead-letters.ts'
import { queueOf, receiving } from '../events/queue.ts'
import { readJournal, writeJournal } from '../permissions/journal-access.ts'
import { protectedPrincipalsName } from '../permissions/shared.ts'
import { encryptAlerts } from '../responders/alerts.ts'
import { apiUrl } from '../responders/api.ts'
import { sendMail } from '../responders/mail.ts'
import { readResponders } from '../responders/responders.ts'
import { arnOf, logicalId, type Resources, the } from '../template/template.ts'
import { functionId, type Lambda } from './lambda.ts'

const name = 'announce'

/** The function that notifies people: it reads the journal's stream, and writes to Slack, mail and the topic. */
export const announceLambda = ({ prefix, responders }: Deployment): Lambda => ({
  name,
  description: 'Notifies people of what the journal records',
  role: the('AnnounceRole.Arn'),
  managed: [protectedPrincipalsName(prefix)],
  deadLetters: deadLetterQueueName(prefix, name),
  async: true,
  grants: [],
  reads: [],
  own: [
    {
      Sid: 'ReadJournalStream',
      Effect: 'Allow',
      Action: [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      Resource: the('Journal.StreamArn'),
    },
    { Sid: 'PublishAlerts', Effect: 'Allow', Action: 'sns:Publish', Resource: the('Alerts') },
    encryptAlerts(the('AlertsKey.Arn')),
    readJournal(prefix),
    writeJournal(prefix, 'incident#*', 'notice#*', 'flood#*', 'digest'),
    readResponders(prefix),
    ...sendMail(responders),
    { Sid: 'SignLinks', Effect: 'Allow', Action: 'kms:GenerateMac', Resource: the('LinkKey.Arn') },
    {
      Sid: 'RetryDeliveries',
      Effect: 'Allow',
      Action: [...receiving, 'sqs:SendMessage'],
      Resource: the('AnnounceAgain.Arn'),
    },
  ],
  environment: {
    PORTCULLIS_PREFIX: prefix,
    PORTCULLIS_TABLE: the('Journal'),
    PORTCULLIS_TOPIC: the('Alerts'),
    PORTCULLIS_REVIEW: apiUrl,
    PORTCULLIS_LINK_KEY: the('LinkKey'),
    PORTCULLIS_RETRY: the('AnnounceAgain'),
  },
})

/** What invokes it: changes of the journal that people may have to know, deliveries to retry, and an hourly digest. */
export const announcements = (deployment: Deployment): Resources => {
  const { prefix } = deployment
  return {
    ...queueOf('AnnounceAgain', `${prefix}-announce-again`, name, deployment),
    ...serviceDeadLetters(name, deployment),
    // What was only observed is reported together, once an hour, when there was any.
    Digest: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: `${prefix}-digest`,
        Description: 'Starts the hourly digest of what was only observed',
        ScheduleExpression: 'rate(1 hour)',
        State: 'ENABLED',
        Targets: [{ Id: name, Arn: arnOf(functionId(name)), Input: JSON.stringify({ digest: true }) }],
      },
    },
    DigestPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: arnOf(functionId(name)),
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: arnOf('Digest'),
      },
    },
    AnnounceStream: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: arnOf(functionId(name)),
        EventSourceArn: { 'Fn::GetAtt': ['Journal', 'StreamArn'] },
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: 10,
        // Counters, subjects and items that expire are not news.
        FilterCriteria: { Filters: [{ Pattern: JSON.stringify(news) }] },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 10,
        DestinationConfig: { OnFailure: { Destination: arnOf(logicalId(name, 'DeadLetters')) } },
      },
    },
    AnnounceErrorsAlarm: errorsAlarm(name, prefix),
    AnnounceDeadLettersAlarm: redrivenAlarm(deadLetterQueueName(prefix, name), deployment),
    AnnounceLateAlarm: alarm(
      `${prefix}-announce-late`,
      'People are notified of containments more than five minutes late. Read the log of announce.',
      prefix,
      {
        namespace: 'AWS/Lambda',
        metric: 'IteratorAge',
        statistic: 'Maximum',
        dimensions: { FunctionName: `${prefix}-${name}` },
        threshold: 300_000,
      },
    ),
  }
}

const news = { eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { sk: { S: ['current'] } } } }
