import { randomBytes, randomInt, scryptSync, timingSafeEqual } from 'node:crypto'
import { GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb'
import { conditionalWrite } from '../../lib/dynamodb/conditional-write.ts'
import { expiresIn, table } from '../../lib/dynamodb/table.ts'
import type { Items } from '../../lib/dynamodb/transact.ts'

const lastsMs = 10 * 60_000
const mostTries = 5
/** A code a minute and ten a day: nobody's mailbox is flooded by whoever holds their link. */
const pauseMs = 60_000
const mostADay = 10

/** Whose code for which incident; the codes of one journal. */
export interface CodeMailbox {
  incident: string
  person: string
  table: string
}

/** What the journal keeps beside a code's hash: what the last order about it came to, for the page that waits for it. */
export interface CodeRow {
  order: string
  says: string
}

/**
 * A new code of eight digits, good for ten minutes, five tries and one decision; or in words why there is none. Only
 * its scrypt hash is kept: a plain one of eight digits is guessed by whoever reads the journal.
 */
export async function makeCode(
  box: CodeMailbox,
  order: string,
  now: Date,
): Promise<{ code: string } | { says: string }> {
  const code = String(randomInt(1e8)).padStart(8, '0')
  const salt = randomBytes(16).toString('hex')
  const made = await update(box, {
    UpdateExpression:
      'SET #hash = :hash, salt = :salt, #until = :until, made = :now, tries = :none, sent = if_not_exists(sent, :none) + :one, #ttl = if_not_exists(#ttl, :ttl)',
    ConditionExpression: 'attribute_not_exists(made) OR (made < :lately AND sent < :most)',
    ExpressionAttributeNames: { '#hash': 'hash', '#until': 'until', '#ttl': 'ttl' },
    ExpressionAttributeValues: {
      ':hash': hashOf(code, salt),
      ':salt': salt,
      ':until': iso(now, lastsMs),
      ':now': iso(now),
      ':lately': iso(now, -pauseMs),
      ':most': mostADay,
      ':none': 0,
      ':one': 1,
      ':ttl': expiresIn(1),
    },
  })
  if (made) return { code }
  const says = 'No new code was sent: there is one a minute, and ten a day. The last one may still be good.'
  await say(box, order, says)
  return { says }
}

/** Keeps what an order about a code came to. */
export const say = (box: CodeMailbox, order: string, says: string): Promise<boolean> =>
  update(box, {
    UpdateExpression: 'SET #order = :order, says = :says',
    ExpressionAttributeNames: { '#order': 'order' },
    ExpressionAttributeValues: { ':order': order, ':says': says },
  })

/**
 * Whether a code is the one that was mailed; each look is a try. Gives what spends it: to be written together with
 * the decision, so that it is good for one. Else says in words what to do.
 */
export async function checkCode(
  box: CodeMailbox,
  code: string,
  order: string,
  now: Date,
): Promise<{ spend: Items[number] } | { says: string }> {
  const tried = await update(box, {
    UpdateExpression: 'ADD tries :one',
    ConditionExpression: 'attribute_exists(#hash) AND #until > :now AND tries < :most',
    ExpressionAttributeNames: { '#hash': 'hash', '#until': 'until' },
    ExpressionAttributeValues: { ':one': 1, ':now': iso(now), ':most': mostTries },
  })
  const fail = async (says: string) => {
    await say(box, order, says)
    return { says }
  }
  if (!tried) return fail('There is no code that is still good. Have a new one sent, and decide with that.')
  const Key = keyOf(box)
  const { Item } = await table().send(new GetCommand({ TableName: box.table, Key, ConsistentRead: true }))
  const hash = String(Item?.hash ?? '')
  const given = Buffer.from(hashOf(code, String(Item?.salt ?? '')))
  if (given.length !== hash.length || !timingSafeEqual(given, Buffer.from(hash)))
    return fail(`That is not the code: ${mostTries - Number(Item?.tries)} tries are left.`)
  return {
    spend: {
      Update: {
        TableName: box.table,
        Key,
        UpdateExpression: 'REMOVE #hash',
        ConditionExpression: '#hash = :hash',
        ExpressionAttributeNames: { '#hash': 'hash' },
        ExpressionAttributeValues: { ':hash': hash },
      },
    },
  }
}

/** What the last order about a code came to; nothing of the code itself. */
export async function readCode(box: CodeMailbox): Promise<CodeRow | undefined> {
  const get = new GetCommand({
    TableName: box.table,
    Key: keyOf(box),
    ConsistentRead: true,
    ProjectionExpression: '#order, says',
    ExpressionAttributeNames: { '#order': 'order' },
  })
  return (await table().send(get)).Item as CodeRow | undefined
}

const keyOf = ({ incident, person }: CodeMailbox) => ({ pk: `incident#${incident}`, sk: `code#${person}` })

const update = (box: CodeMailbox, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>): Promise<boolean> =>
  conditionalWrite(table().send(new UpdateCommand({ TableName: box.table, Key: keyOf(box), ...input })))

const hashOf = (code: string, salt: string): string => scryptSync(code, salt, 32).toString('hex')
const iso = (now: Date, later = 0): string => new Date(now.getTime() + later).toISOString()
