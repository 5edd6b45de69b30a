import { type HeldLease, holdLease, type Patience } from './lease.ts'
import { type Key, type MessageRow, want } from './row.ts'

/**
 * Brings a message up to date with what it is about, as that is now. Whoever asks counts; one of them does it, for
 * all who asked until then; each comes back only when what it asked for is shown. So neither the order of the
 * changes, nor their repetition, nor their number matters.
 */
export async function reconcile(
  key: Key,
  channel: string,
  patience: Patience,
  bring: (held: HeldLease) => Promise<void>,
): Promise<void> {
  const mine = await want(key, channel, patience.table)
  await holdLease<MessageRow>(
    key,
    patience,
    ({ done = 0 }) => done >= mine,
    async (held) => {
      for (;;) {
        const { wanted = 0, done = 0 } = held.row
        if (done >= wanted) return
        await bring(held)
        const delivered = { state: 'delivered', at: new Date().toISOString(), why: undefined } as const
        await held.save({ done: wanted, ...delivered, retryUntil: undefined })
      }
    },
  )
}
