import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { table } from './table.ts'

/** Attempts of a transaction that conflicts with others. */
const maxTries = 6

export type Items = NonNullable<TransactWriteCommandInput['TransactItems']>

/**
 * Writes all items or none. Returns the indexes of the items whose condition did not hold; empty means written.
 * Throws if every attempt conflicted with another transaction: the SDK does not retry a cancelled transaction.
 */
export async function transact(items: Items): Promise<number[]> {
  for (let tries = 1; ; tries++) {
    try {
      await table().send(new TransactWriteCommand({ TransactItems: items }))
      return []
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error
      const refused = (error.CancellationReasons ?? []).flatMap(({ Code }, index) =>
        Code === 'ConditionalCheckFailed' ? [index] : [],
      )
      if (refused.length > 0) return refused
      if (tries === maxTries) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * tries))
    }
  }
}
