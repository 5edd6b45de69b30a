import { DeleteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { playbook, type Reading } from '../engine/playbook.ts'
import { readSettings } from '../engine/settings.ts'
import type { Target } from '../engine/target.ts'
import { expiresIn } from '../lib/dynamodb/table.ts'

type State = { told: boolean }

/** A subject is not kept quiet for longer than this, even if nobody ends the notification. */
const quietDays = 30

/** Its own items of the journal; without keys `ForAllValues` would hold too. Source: IAM User Guide, "Set operators". */
const told = {
  on: ['arn:aws:dynamodb:*:*:table/portcullis-*'],
  when: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'told#*' },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  },
}

/** Tells the responders of a subject, once while the notification is open. Its release re-arms it. */
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
  reads: { 'dynamodb:GetItem': told },
  writes: {
    'dynamodb:DeleteItem': told,
    'dynamodb:PutItem': told,
    'sns:Publish': ['arn:aws:sns:*:*:portcullis-*'],
  },
  settles: 2,
  caveats: () => [
    'Nothing is contained: somebody is told, and decides.',
    'If the function dies after telling and before writing that down, it tells again: perhaps twice, never not at all.',
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
      'Who or what': subject,
      Account: account,
      Region: region,
      Incident: incident,
      Stack: prefix,
    }
    const lines = Object.entries(facts).map(([name, value]) => `${name}: ${plain(value)}`)
    const Message = ['Portcullis saw something that you should look at.', '', ...lines].join('\n')
    const said = await sns.send(new PublishCommand({ TopicArn, Subject: headline(subject), Message }))
    if (!said.MessageId)
      throw new Error('SNS answered without a message id: nobody knows whether it told anybody.')
    // Written down only now: a crash in between tells twice, the other order would not tell at all.
    const ttl = { N: String(expiresIn(quietDays)) }
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
  const it = { TableName: readSettings().table, Key: keyOf(target), ConsistentRead: true }
  return (await dynamodb.send(new GetItemCommand(it))).Item !== undefined
}

/** Text that stays on its line: no control, bidirectional or invisible characters. Source: Unicode, Cc, Cf, Zl, Zp. */
const plain = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')

/** An e-mail's subject: printable ASCII, fewer than 100 characters. Source: SNS API reference, `Publish`. */
const headline = (subject: string): string =>
  `Portcullis: ${subject.replace(/[^\x20-\x7e]+/g, '?')}`.slice(0, 99)
