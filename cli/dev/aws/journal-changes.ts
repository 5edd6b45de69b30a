import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import type { Containment, Notice } from '../../../engine/journal/record.ts'

type Item = { pk: string; sk: string } & (Containment | Notice)

/** A new or changed item of the journal. */
export interface JournalChange {
  before: Item | undefined
  now: Item
}

/** The containments and notices of the journal. */
export interface DevJournal {
  /** The changes since the last call. */
  changes(): Promise<JournalChange[]>
  /** The present containments, in the order of opening. */
  containments(): Containment[]
}

/**
 * Scans the whole table, which is only suitable for a small local one. This process alone writes to it, so a scan after
 * each step misses nothing.
 */
export function openJournal(TableName: string): DevJournal {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const known = new Map<string, Item>()
  return {
    async changes() {
      const turns: JournalChange[] = []
      for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
        for (const now of Items as Item[]) {
          if (now.sk !== 'current' || !/^(containment|notice)#/.test(now.pk)) continue
          const before = known.get(now.pk)
          if (JSON.stringify(before) === JSON.stringify(now)) continue
          known.set(now.pk, now)
          turns.push({ before, now })
        }
      return turns
    },
    containments: () =>
      [...known.values()].filter(isContainment).sort((a, b) => (a.opened < b.opened ? -1 : 1)),
  }
}

export const isContainment = (item: object): item is Item & Containment => 'plan' in item

let sequence = 0

/** The DynamoDB stream record of a change, as the deployed announce function receives it. Pure except for its sequence number. */
export const streamRecord = ({ before, now }: JournalChange): DynamoDBRecord => ({
  eventName: before ? 'MODIFY' : 'INSERT',
  dynamodb: {
    SequenceNumber: String(++sequence),
    NewImage: imageOf(now),
    ...(before && { OldImage: imageOf(before) }),
  },
})

// The types of the two packages differ only for binary data, which no record holds.
const imageOf = (item: Item) =>
  marshall(item, { removeUndefinedValues: true }) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'] &
    object
