import { alarmResource } from '../alarms.ts'
import type { Deployment } from '../deployment.ts'
import { queueOf, receiving } from '../events/queue.ts'
import { readJournal, writeJournal } from '../permissions/journal-access.ts'
import { encrypt } from '../responders/alerts.ts'
import { apiUrl } from '../responders/api.ts'
import { sendMail } from '../responders/mail.ts'
import { readResponders } from '../responders/responders.ts'
import { arnOf, logicalId, type Resources, the } from '../template/template.ts'
import { functionId, type Lambda } from './lambda.ts'

const name = 'announce'

/** The one way out: reads the journal's stream, writes to the topic. */
export const announceLambda = ({ prefix, responders }: Deployment): Lambda => ({
  name,
  says: 'Tells people what the journal says',
  grants: [],
  reads: [],
  own: [
    {
      Sid: 'ReadTheStream',
      Effect: 'Allow',
      Action: [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      Resource: the('Journal.StreamArn'),
    },
    { Sid: 'Tell', Effect: 'Allow', Action: 'sns:Publish', Resource: the('Alerts') },
    encrypt,
    readJournal(prefix),
    writeJournal(prefix, 'incident#*', 'notice#*', 'flood#*', 'digest'),
    readResponders(prefix),
    ...sendMail(responders),
    { Sid: 'SignLinks', Effect: 'Allow', Action: 'kms:GenerateMac', Resource: the('LinkKey.Arn') },
    {
      Sid: 'TryAgain',
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

/** What feeds it: the journal's changes that people may have to know of, from the first, none lost unheard. */
export const announcements = ({ prefix }: Deployment): Resources => ({
  ...queueOf('AnnounceAgain', `${prefix}-announce-again`, name),
  // What was only observed is told together, once an hour, when there was any.
  Digest: {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: `${prefix}-digest`,
      Description: 'Has what was only observed told together',
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
      // Counters, subjects and what expires are nobody's news.
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify(news) }] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      DestinationConfig: { OnFailure: { Destination: arnOf(logicalId(name, 'DeadLetters')) } },
    },
  },
  AnnounceLateAlarm: alarmResource(
    `${prefix}-announce-late`,
    'People hear of containments five minutes late or more.',
    {
      namespace: 'AWS/Lambda',
      metric: 'IteratorAge',
      statistic: 'Maximum',
      on: { FunctionName: `${prefix}-${name}` },
      most: 300_000,
    },
  ),
})

const news = { eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { sk: { S: ['current'] } } } }
