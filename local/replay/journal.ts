import { setTimeout as sleep } from 'node:timers/promises'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import type { Containment, Notice, Step } from '../../engine/journal/record.ts'

/** Receives each entry of the journal once, in the order in which it was written. */
export interface Listener {
  planned(record: Containment): Promise<void>
  step(record: Containment, step: Step): Promise<void>
  notice(notice: Notice): Promise<void>
}

const pollMs = 100

/**
 * Follows the journal by polling its table: acceptable for a dozen items on loopback only. The deployed stack uses the
 * table's stream.
 */
export class FollowedJournal {
  readonly records = new Map<string, Containment>()
  readonly notices = new Map<string, Notice>()
  readonly #table: string
  readonly #listener: Listener
  readonly #client = DynamoDBDocumentClient.from(new DynamoDBClient({}))

  constructor(table: string, listener: Listener) {
    this.#table = table
    this.#listener = listener
  }

  /** Polls until `enough` returns true, for at most `ms`. Returns whether it did. */
  async until(enough: () => boolean, ms: number, signal: AbortSignal): Promise<boolean> {
    for (const end = Date.now() + ms; ; await sleep(pollMs, undefined, { signal })) {
      await this.#read()
      if (enough()) return true
      if (Date.now() > end) return false
    }
  }

  async #read(): Promise<void> {
    const pages = paginateScan({ client: this.#client }, { TableName: this.#table, ConsistentRead: true })
    for await (const { Items = [] } of pages)
      for (const item of Items) {
        if (item.sk !== 'current') continue
        if (item.pk.startsWith('containment#')) await this.#record(item as unknown as Containment)
        if (item.pk.startsWith('notice#')) await this.#notice(item as unknown as Notice)
      }
  }

  async #record(record: Containment): Promise<void> {
    const known = this.records.get(record.id)
    this.records.set(record.id, record)
    if (!known) await this.#listener.planned(record)
    for (const step of record.history.slice(known?.history.length ?? 0))
      await this.#listener.step(record, step)
  }

  async #notice(notice: Notice): Promise<void> {
    if (this.notices.has(notice.id)) return
    this.notices.set(notice.id, notice)
    await this.#listener.notice(notice)
  }
}
