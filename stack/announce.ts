import { alarm } from './alarms.ts'
import { encrypt } from './alerts.ts'
import type { Deployment } from './deployment.ts'
import { functionId, type Lambda } from './lambda.ts'
import { arnOf, idOf, type Resources, the } from './template.ts'

const name = 'announce'

/** The one way out: reads the journal's stream, writes to the topic. */
export const announceLambda = (): Lambda => ({
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
  ],
  environment: { PORTCULLIS_TOPIC: the('Alerts') },
})

/** What feeds it: the journal's changes that people may have to know of, from the first, none lost unheard. */
export const announcements = ({ prefix }: Deployment): Resources => ({
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
      DestinationConfig: { OnFailure: { Destination: arnOf(idOf(name, 'DeadLetters')) } },
    },
  },
  AnnounceLateAlarm: alarm(
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
