import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { table } from '../../lib/dynamodb/table.ts'
import { RetryLater } from './retry-later.ts'
import { type Key, type Leased, type MessageRow, type Patch, patchRow, readRow } from './row.ts'

/** Whoever died is not waited for longer; who lives renews it. */
const leaseFor = 20_000
const renewEvery = 5_000
const askEvery = 100

/** A row that nobody else brings up to date meanwhile. */
export interface HeldLease<R extends Leased = MessageRow> {
  /** As it was last written. */
  row: R
  /** Writes to it. Throws when somebody else has taken it over. */
  save(patch: Patch<R>): Promise<void>
}

export interface Patience {
  table: string
  /** When it is too late to go on (milliseconds since 1970). */
  until: number
}

/**
 * Takes the lease of a row, works on it, and gives it back. While somebody else has it, waits until they have done
 * `enough`, or their lease is over. Throws `Later` when it is too late for that.
 */
export async function holdLease<R extends Leased>(
  key: Key,
  { table: name, until }: Patience,
  enough: (row: R) => boolean,
  work: (held: HeldLease<R>) => Promise<void>,
): Promise<void> {
  for (;;) {
    const owner = randomUUID()
    const row = await take<R>(key, owner, name)
    if (row) {
      const renewing = setInterval(() => void renew(owner), renewEvery)
      try {
        return await work(heldBy(owner, row))
      } catch (error) {
        // Somebody took it over: they do it.
        if (!isLost(error)) throw error
      } finally {
        clearInterval(renewing)
        await free(owner)
      }
    }
    const theirs = await readRow<R>(key, name)
    if (theirs && enough(theirs)) return
    if (Date.now() > until) throw new RetryLater('somebody else is bringing it up to date', 5)
    await sleep(askEvery * (0.5 + Math.random()))
  }

  function heldBy(owner: string, row: R): HeldLease<R> {
    const held: HeldLease<R> = {
      row,
      async save(patch) {
        held.row = await patchRow<R>(key, patch, name, owner)
      },
    }
    return held
  }

  // Without a word where it fails: the next write tells.
  async function renew(owner: string): Promise<void> {
    await patchRow<Leased>(key, { leaseUntil: Date.now() + leaseFor }, name, owner).catch(() => undefined)
  }

  async function free(owner: string): Promise<void> {
    const nobody = { owner: undefined, leaseUntil: undefined }
    await patchRow<Leased>(key, nobody, name, owner).catch((error) => {
      if (!isLost(error)) throw error
    })
  }
}

async function take<R extends Leased>({ pk, sk }: Key, owner: string, name: string): Promise<R | undefined> {
  const now = Date.now()
  try {
    const { Attributes } = await table().send(
      new UpdateCommand({
        TableName: name,
        Key: { pk, sk },
        UpdateExpression: 'SET #owner = :owner, leaseUntil = :until',
        ConditionExpression: 'attribute_not_exists(leaseUntil) OR leaseUntil < :now',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': owner, ':until': now + leaseFor, ':now': now },
        ReturnValues: 'ALL_NEW',
      }),
    )
    return Attributes as R
  } catch (error) {
    if (isLost(error)) return undefined
    throw error
  }
}

const isLost = (error: unknown) => error instanceof ConditionalCheckFailedException
