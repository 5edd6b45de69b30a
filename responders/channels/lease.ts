import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { table } from '../../lib/dynamodb/table.ts'
import { RetryLater } from './retry-later.ts'
import { type LeasedRow, type MessageRow, patchRow, type RowKey, type RowPatch, readRow } from './row.ts'

/** The lease of a worker that died expires after this; a live worker renews it. */
const leaseMs = 20_000
const renewEveryMs = 5_000
const pollEveryMs = 100

/** A row that no other worker changes in the meantime. */
export interface HeldLease<R extends LeasedRow = MessageRow> {
  /** The row as last written. */
  row: R
  /** Writes to the row. Throws when another worker has taken over the lease. */
  save(patch: RowPatch<R>): Promise<void>
}

export interface LeaseOptions {
  table: string
  /** When to stop waiting for the lease (milliseconds since 1970). */
  until: number
}

/**
 * Takes the lease of a row, does the work, and releases the lease. While another worker holds it, waits until that
 * worker has done `enough` or its lease expires. Throws `RetryLater` when `until` has passed.
 */
export async function holdLease<R extends LeasedRow>(
  key: RowKey,
  { table: name, until }: LeaseOptions,
  enough: (row: R) => boolean,
  work: (lease: HeldLease<R>) => Promise<void>,
): Promise<void> {
  for (;;) {
    const owner = randomUUID()
    const row = await take<R>(key, owner, name)
    if (row) {
      const renewing = setInterval(() => void renew(owner), renewEveryMs)
      try {
        return await work(leaseOf(owner, row))
      } catch (error) {
        // Another worker took the lease over and does the work.
        if (!isLost(error)) throw error
      } finally {
        clearInterval(renewing)
        await giveBack(owner)
      }
    }
    const theirs = await readRow<R>(key, name)
    if (theirs && enough(theirs)) return
    if (Date.now() > until) throw new RetryLater('another worker is updating this message', 5)
    await sleep(pollEveryMs * (0.5 + Math.random()))
  }

  function leaseOf(owner: string, row: R): HeldLease<R> {
    const lease: HeldLease<R> = {
      row,
      async save(patch) {
        lease.row = await patchRow<R>(key, patch, name, owner)
      },
    }
    return lease
  }

  // A failure is ignored here: the next write reports it.
  async function renew(owner: string): Promise<void> {
    await patchRow<LeasedRow>(key, { leaseUntil: Date.now() + leaseMs }, name, owner).catch(() => undefined)
  }

  async function giveBack(owner: string): Promise<void> {
    const free = { owner: undefined, leaseUntil: undefined }
    await patchRow<LeasedRow>(key, free, name, owner).catch((error) => {
      if (!isLost(error)) throw error
    })
  }
}

async function take<R extends LeasedRow>(
  { pk, sk }: RowKey,
  owner: string,
  name: string,
): Promise<R | undefined> {
  const now = Date.now()
  try {
    const { Attributes } = await table().send(
      new UpdateCommand({
        TableName: name,
        Key: { pk, sk },
        UpdateExpression: 'SET #owner = :owner, leaseUntil = :until',
        ConditionExpression: 'attribute_not_exists(leaseUntil) OR leaseUntil < :now',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': owner, ':until': now + leaseMs, ':now': now },
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
