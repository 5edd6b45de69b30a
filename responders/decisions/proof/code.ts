import { randomBytes, randomInt, scryptSync, timingSafeEqual } from 'node:crypto'
import { GetCommand } from '@aws-sdk/lib-dynamodb'
import { expiresIn, table } from '../../../lib/dynamodb/table.ts'
import type { Items } from '../../../lib/dynamodb/transact.ts'
import { type CodeMailbox, mailboxKey, saveCodeReply, updateMailbox } from './code-mailbox.ts'

const validMs = 10 * 60_000
const maxTries = 5
/** One code a minute and ten a day, so that a stolen link cannot flood a mailbox. */
const minIntervalMs = 60_000
const maxCodesPerDay = 10

/**
 * Makes a code of eight digits, valid for ten minutes, five tries and one decision; or returns the reason why not. Only
 * its scrypt hash is stored: a plain hash of eight digits could be reversed by anyone who can read the journal.
 */
export async function makeCode(
  mailbox: CodeMailbox,
  order: string,
  now: Date,
): Promise<{ code: string } | { says: string }> {
  const code = String(randomInt(1e8)).padStart(8, '0')
  const salt = randomBytes(16).toString('hex')
  const made = await updateMailbox(mailbox, {
    UpdateExpression:
      'SET #hash = :hash, salt = :salt, #until = :until, made = :now, tries = :none, sent = if_not_exists(sent, :none) + :one, #ttl = if_not_exists(#ttl, :ttl)',
    ConditionExpression: 'attribute_not_exists(made) OR (made < :lately AND sent < :most)',
    ExpressionAttributeNames: { '#hash': 'hash', '#until': 'until', '#ttl': 'ttl' },
    ExpressionAttributeValues: {
      ':hash': hashOf(code, salt),
      ':salt': salt,
      ':until': iso(now, validMs),
      ':now': iso(now),
      ':lately': iso(now, -minIntervalMs),
      ':most': maxCodesPerDay,
      ':none': 0,
      ':one': 1,
      ':ttl': expiresIn(1),
    },
  })
  if (made) return { code }
  const says =
    'No new code was sent: the limit is one a minute and ten a day. Your last code may still be valid.'
  await saveCodeReply(mailbox, order, says)
  return { says }
}

/**
 * Checks a code against the one that was mailed; each check counts as a try. Returns the write that spends the code,
 * which belongs in the same transaction as the decision so that a code is good for one; or what to do instead.
 */
export async function checkCode(
  mailbox: CodeMailbox,
  code: string,
  order: string,
  now: Date,
): Promise<{ spend: Items[number] } | { says: string }> {
  const tried = await updateMailbox(mailbox, {
    UpdateExpression: 'ADD tries :one',
    ConditionExpression: 'attribute_exists(#hash) AND #until > :now AND tries < :most',
    ExpressionAttributeNames: { '#hash': 'hash', '#until': 'until' },
    ExpressionAttributeValues: { ':one': 1, ':now': iso(now), ':most': maxTries },
  })
  const refuse = async (says: string) => {
    await saveCodeReply(mailbox, order, says)
    return { says }
  }
  if (!tried) return refuse('There is no valid code. Request a new one, and decide with that.')
  const Key = mailboxKey(mailbox)
  const get = new GetCommand({ TableName: mailbox.table, Key, ConsistentRead: true })
  const { Item } = await table().send(get)
  const hash = String(Item?.hash ?? '')
  const given = Buffer.from(hashOf(code, String(Item?.salt ?? '')))
  if (given.length !== hash.length || !timingSafeEqual(given, Buffer.from(hash)))
    return refuse(`The code is wrong. Tries left: ${maxTries - Number(Item?.tries)}.`)
  return {
    spend: {
      Update: {
        TableName: mailbox.table,
        Key,
        UpdateExpression: 'REMOVE #hash',
        ConditionExpression: '#hash = :hash',
        ExpressionAttributeNames: { '#hash': 'hash' },
        ExpressionAttributeValues: { ':hash': hash },
      },
    },
  }
}

const hashOf = (code: string, salt: string): string => scryptSync(code, salt, 32).toString('hex')
const iso = (now: Date, later = 0): string => new Date(now.getTime() + later).toISOString()
