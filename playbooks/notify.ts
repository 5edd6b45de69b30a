import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { playbook, type Reading } from '../engine/playbook.ts'
import { readSettings } from '../engine/settings.ts'
import type { Target } from '../engine/target.ts'
import { expiresIn } from '../lib/dynamodb/table.ts'

type State = { told: boolean }

/** Days after which responders are notified about a subject again even if the notification is not released. */
const maxSilenceDays = 30

/** The items of the journal with notifications; `ForAllValues` alone would also match a request without keys. Source: IAM User Guide, "Set operators". */
const notificationItems = {
  on: ['arn:aws:dynamodb:*:*:table/portcullis-*'],
  when: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'told#*' },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  },
}

/** Notifies the responders about a subject once while the notification is open. After the release it notifies again. */
export const notify = playbook({
  name: 'notify',
  title: 'Notify the responders',
  copy: {
    action: 'notify the responders about {target}',
    contained: 'the responders are notified about {target}',
    released: 'the next event about {target} notifies the responders again',
    failed: 'the responders may not be notified about {target}',
  },
  tells: true,
  target: ['subject'],
  home: true,
  clients: { dynamodb: DynamoDBClient, sns: SNSClient },
  reads: { 'dynamodb:GetItem': notificationItems },
  writes: {
    'dynamodb:DeleteItem': notificationItems,
    'dynamodb:PutItem': notificationItems,
    'sns:Publish': ['arn:aws:sns:*:*:portcullis-*'],
  },
  settles: 2,
  caveats: () => [
    'Nothing is contained: the responders are notified and decide.',
    'If the function fails between sending and recording the notification, it sends it again: possibly twice, but at least once.',
  ],

  read: async (target, { dynamodb }): Promise<Reading<State>> => ({
    tags: { none: 'A notification changes nothing in its subject, so a protected subject is reported too.' },
    state: { told: await isTold(target, dynamodb) },
  }),

  contain: () => ({ told: true }),

  async write(target, { told }, { dynamodb, sns }, { incident }) {
    const { table: TableName, topic: TopicArn, prefix } = readSettings()
    if (!told) return void (await dynamodb.send(new DeleteItemCommand({ TableName, Key: keyOf(target) })))
    if (await isTold(target, dynamodb)) return
    const { account, region, subject } = target
    const facts = {
      Subject: subject,
      Account: account,
      Region: region,
      Incident: incident,
      Stack: prefix,
    }
    const lines = Object.entries(facts).map(([name, value]) => `${name}: ${oneLine(value)}`)
    const Message = ['Portcullis detected something that you should look at.', '', ...lines].join('\n')
    const published = await sns.send(new PublishCommand({ TopicArn, Subject: subjectLine(subject), Message }))
    if (!published.MessageId)
      throw new Error('SNS answered without a message id, so the notification may not have been sent.')
    // Recorded last: a crash in between sends it twice; in the other order it would not be sent at all.
    const ttl = { N: String(expiresIn(maxSilenceDays)) }
    await dynamodb.send(
      new PutItemCommand({ TableName, Item: { ...keyOf(target), told: { BOOL: true }, ttl } }),
    )
  },
})

const keyOf = ({ account, subject }: Target<'subject'>) => ({
  pk: { S: `told#${account}#${subject}` },
  sk: { S: 'current' },
})

async function isTold(target: Target<'subject'>, dynamodb: DynamoDBClient): Promise<boolean> {
  const query = { TableName: readSettings().table, Key: keyOf(target), ConsistentRead: true }
  return (await dynamodb.send(new GetItemCommand(query))).Item !== undefined
}

/** Text on one line, without control, bidirectional or invisible characters. Source: Unicode, Cc, Cf, Zl, Zp. */
const oneLine = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')

/** The subject of the e-mail: printable ASCII, fewer than 100 characters. Source: SNS API reference, `Publish`. */
const subjectLine = (subject: string): string =>
  `Portcullis: ${subject.replace(/[^\x20-\x7e]+/g, '?')}`.slice(0, 99)
