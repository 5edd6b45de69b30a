import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge'
import { detailTypes, type Signal } from '../../rules/events/signal.ts'
import { stackSource } from './source.ts'

/** Source: EventBridge API reference, PutEvents: entries a request. */
const maxEntries = 10
const maxTries = 4
const backoffMs = 50

let client: EventBridgeClient | undefined

/** Puts signals on the bus and retries the entries that EventBridge rejects. Throws if any entry is still rejected. */
export async function emit(signals: readonly Signal[], bus: string): Promise<void> {
  for (let first = 0; first < signals.length; first += maxEntries)
    await put(signals.slice(first, first + maxEntries).map((one) => entryOf(one, bus)))
}

const entryOf = (signal: Signal, EventBusName: string): PutEventsRequestEntry => ({
  EventBusName,
  Source: stackSource,
  DetailType: detailTypes[signal.type],
  Detail: JSON.stringify(signal),
  ...(signal.time !== undefined && { Time: new Date(signal.time) }),
})

async function put(all: PutEventsRequestEntry[]): Promise<void> {
  client ??= new EventBridgeClient({})
  let left = all
  let code: string | undefined
  for (let tried = 0; left.length > 0; tried++) {
    if (tried === maxTries) throw new Error(`EventBridge rejected ${left.length} signals (${code})`)
    if (tried > 0) await new Promise((resolve) => setTimeout(resolve, backoffMs * 2 ** tried))
    // PutEvents returns 200 and reports each entry by itself.
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: left }))
    code = Entries.find(({ ErrorCode }) => ErrorCode !== undefined)?.ErrorCode
    left = left.filter((_, index) => Entries[index]?.EventId === undefined)
  }
}
