import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge'
import { detailTypes, type Signal } from '../../rules/events/signal.ts'
import { stackSource } from './source.ts'

/** Source: EventBridge API reference, PutEvents: entries a request. */
const mostEntries = 10
const tries = 4

let client: EventBridgeClient | undefined

/** Puts signals on the bus; what EventBridge refuses is tried again. Throws when any did not get there. */
export async function emit(signals: readonly Signal[], bus: string): Promise<void> {
  for (let first = 0; first < signals.length; first += mostEntries)
    await put(signals.slice(first, first + mostEntries).map((one) => entryOf(one, bus)))
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
    if (tried === tries) throw new Error(`EventBridge did not take ${left.length} signals (${code})`)
    if (tried > 0) await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** tried))
    // It answers 200, and says of each entry whether it took it.
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: left }))
    code = Entries.find(({ ErrorCode }) => ErrorCode !== undefined)?.ErrorCode
    left = left.filter((_, index) => Entries[index]?.EventId === undefined)
  }
}
