import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { table } from './table.ts'

/** A transaction that met another is tried this often. */
const mostTries = 6

export type Items = NonNullable<TransactWriteCommandInput['TransactItems']>

/**
 * Writes everything or nothing. Gives the places of the items whose condition did not hold; none is written.
 * Throws when others were at the same items every time: the SDK does not retry a cancelled transaction.
 */
export async function transact(items: Items): Promise<number[]> {
  for (let tries = 1; ; tries++) {
    try {
      await table().send(new TransactWriteCommand({ TransactItems: items }))
      return []
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error
      const refused = (error.CancellationReasons ?? []).flatMap(({ Code }, place) =>
        Code === 'ConditionalCheckFailed' ? [place] : [],
      )
      if (refused.length > 0) return refused
      if (tries === mostTries) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * tries))
    }
  }
}
