import type { Incident } from '../../../engine/journal/record.ts'
import { digest } from '../../../lib/canonical.ts'
import { expiresIn } from '../../../lib/dynamodb/table.ts'
import { slackFlood } from '../../messages/slack/flood.ts'
import type { DeliveryContext } from '../channel.ts'
import { type HeldLease, holdLease } from '../lease.ts'
import type { LeasedRow } from '../row.ts'
import { slackClient } from './slack-client.ts'

/** From the fifth like incident within ten minutes on, incidents of one rule are threaded under one message. */
const maxSeparateMessages = 4
const windowMinutes = 10
const keepDays = 2

interface FloodRow extends LeasedRow {
  rule: string
  because: string
  /** When each incident of the window was first posted, by incident id. */
  incidents?: Record<string, string>
  /** How many incidents there were since the flood began. */
  count?: number
  /** The timestamp of the message above the thread. */
  ts?: string | undefined
  hash?: string
  ttl?: number
}

/**
 * Counts an incident that is about to be posted in a Slack channel for the first time. Returns the message to thread it
 * under, if there were enough like incidents in the window. Counting the same incident again changes nothing.
 */
export async function joinFlood(
  incident: Incident,
  channel: string,
  context: DeliveryContext,
): Promise<string | undefined> {
  const [{ rule, because } = { rule: '', because: '' }] = incident.containments
  let thread: string | undefined
  await withFlood(rule, channel, context, async (flood) => {
    const { incidents: known = {}, ...row } = flood.row
    const now = new Date()
    const windowStart = now.getTime() - windowMinutes * 60_000
    const recent = Object.entries(known).filter(([, at]) => Date.parse(at) > windowStart)
    const goesOn = recent.length > 0
    const isNew = !recent.some(([id]) => id === incident.id)
    const firstPosted = known[incident.id] ?? now.toISOString()
    const before = recent.filter(([id, at]) => id !== incident.id && at <= firstPosted)
    await flood.save({
      rule,
      because,
      incidents: Object.fromEntries([...recent, [incident.id, firstPosted] as const]),
      count: (goesOn ? (row.count ?? 0) : 0) + (isNew ? 1 : 0),
      ttl: expiresIn(keepDays),
      ...(!goesOn && { ts: undefined }),
    })
    if (before.length < maxSeparateMessages) return
    if (!flood.row.ts) {
      const message = floodMessageOf(flood.row)
      const ts = await slackClient(context).post(message, { channel })
      await flood.save({ ts, hash: digest(JSON.stringify(message)) })
    }
    thread = flood.row.ts
  })
  return thread
}

/** Updates the count in the message above like incidents. */
export async function updateFloodCount(
  incident: Incident,
  channel: string,
  context: DeliveryContext,
): Promise<void> {
  const [{ rule } = { rule: '' }] = incident.containments
  await withFlood(rule, channel, context, async (flood) => {
    const message = floodMessageOf(flood.row)
    const hash = digest(JSON.stringify(message))
    if (!flood.row.ts || flood.row.hash === hash) return
    const exists = await slackClient(context).edit(message, channel, flood.row.ts)
    await flood.save(exists ? { hash } : { ts: undefined })
  })
}

const withFlood = (
  rule: string,
  channel: string,
  context: DeliveryContext,
  work: (flood: HeldLease<FloodRow>) => Promise<void>,
) => holdLease<FloodRow>({ pk: `flood#${rule}#${channel}`, sk: 'slack' }, context, () => false, work)

const floodMessageOf = ({ rule, because, count = 0, incidents = {} }: FloodRow) =>
  slackFlood({
    rule,
    because,
    count,
    incidents: Object.entries(incidents)
      .toSorted(([, a], [, b]) => (a < b ? -1 : 1))
      .map(([id]) => id),
  })
