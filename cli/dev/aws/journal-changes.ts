import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import type { Containment, Notice } from '../../../engine/journal/record.ts'

type Item = { pk: string; sk: string } & (Containment | Notice)

/** One item of the journal that is new, or not what it was. */
export interface Turn {
  before: Item | undefined
  now: Item
}

/** The journal, as far as people are told of it. */
export interface DevJournal {
  /** What has changed since the last look. */
  changes(): Promise<Turn[]>
  /** The present containments, in the order in which they were opened. */
  containments(): Containment[]
}

/**
 * Looks at the whole table: fine for what one person tries on loopback, and for nothing else. Nobody else writes it,
 * so a look after each step misses nothing that people are told of.
 */
export function openJournal(TableName: string): DevJournal {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}))
  const known = new Map<string, Item>()
  return {
    async changes() {
      const turns: Turn[] = []
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

/** The record of the table's stream that tells of it: what announce is called with when deployed. Pure but for its number. */
export const streamRecord = ({ before, now }: Turn): DynamoDBRecord => ({
  eventName: before ? 'MODIFY' : 'INSERT',
  dynamodb: {
    SequenceNumber: String(++sequence),
    NewImage: imageOf(now),
    ...(before && { OldImage: imageOf(before) }),
  },
})

// The types of two packages for one shape differ only in what they say of binary data, which no record holds.
const imageOf = (item: Item) =>
  marshall(item, { removeUndefinedValues: true }) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage'] &
    object
