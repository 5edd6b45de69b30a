import { type HeldLease, holdLease, type LeaseOptions } from './lease.ts'
import { countRequest, type MessageRow, type RowKey } from './row.ts'

/**
 * Brings a message up to date with the present state of its subject. Every caller counts one request; one of them does
 * the work for all requests up to then; each returns only once its own request is covered. So the order, the repetition
 * and the number of the changes do not matter.
 */
export async function reconcile(
  key: RowKey,
  channel: string,
  options: LeaseOptions,
  refresh: (lease: HeldLease) => Promise<void>,
): Promise<void> {
  const request = await countRequest(key, channel, options.table)
  await holdLease<MessageRow>(
    key,
    options,
    ({ done = 0 }) => done >= request,
    async (lease) => {
      for (;;) {
        const { wanted = 0, done = 0 } = lease.row
        if (done >= wanted) return
        await refresh(lease)
        const delivered = { state: 'delivered', at: new Date().toISOString(), why: undefined } as const
        await lease.save({ done: wanted, ...delivered, retryUntil: undefined })
      }
    },
  )
}
