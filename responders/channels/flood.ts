import type { Incident } from '../../engine/journal/record.ts'
import { digest } from '../../lib/canonical.ts'
import { expiresIn } from '../../lib/dynamodb/table.ts'
import { slackParent } from '../messages/flood.ts'
import type { DeliveryContext } from './channel.ts'
import { type HeldLease, holdLease } from './lease.ts'
import type { Leased } from './row.ts'
import { slackFor } from './slack-post.ts'

/** From the fifth like incident within ten minutes on, they stand under one message. */
const enough = 4
const minutes = 10
const keepDays = 2

interface FloodRow extends Leased {
  rule: string
  because: string
  /** When each incident was first told, by its id: those of the last minutes. */
  incidents?: Record<string, string>
  /** How many there were since it began. */
  count?: number
  /** The message above them. */
  ts?: string | undefined
  hash?: string
  ttl?: number
}

/**
 * Counts an incident that is about to be told in a Slack channel for the first time. Gives the message under which
 * it belongs, if there were enough like it just now. Counted twice is counted once.
 */
export async function joinFlood(
  incident: Incident,
  channel: string,
  desk: DeliveryContext,
): Promise<string | undefined> {
  const [{ rule, because } = { rule: '', because: '' }] = incident.containments
  let thread: string | undefined
  await held(rule, channel, desk, async (flood) => {
    const { incidents: known = {}, ...row } = flood.row
    const now = new Date()
    const recent = Object.entries(known).filter(([, at]) => Date.parse(at) > now.getTime() - minutes * 60_000)
    const goesOn = recent.length > 0
    const isNew = !recent.some(([id]) => id === incident.id)
    const mine = known[incident.id] ?? now.toISOString()
    const before = recent.filter(([id, at]) => id !== incident.id && at <= mine)
    const count = (goesOn ? (row.count ?? 0) : 0) + (isNew ? 1 : 0)
    const incidents = Object.fromEntries([...recent, [incident.id, mine] as const])
    await flood.save({
      rule,
      because,
      incidents,
      count,
      ttl: expiresIn(keepDays),
      ...(!goesOn && { ts: undefined }),
    })
    if (before.length < enough) return
    if (!flood.row.ts) {
      const message = parentOf(flood.row)
      const ts = await slackFor(desk).post(message, { channel })
      await flood.save({ ts, hash: digest(JSON.stringify(message)) })
    }
    thread = flood.row.ts
  })
  return thread
}

/** Brings the count above like incidents up to date. */
export async function countFlood(incident: Incident, channel: string, desk: DeliveryContext): Promise<void> {
  const [{ rule } = { rule: '' }] = incident.containments
  await held(rule, channel, desk, async (flood) => {
    const message = parentOf(flood.row)
    const hash = digest(JSON.stringify(message))
    if (!flood.row.ts || flood.row.hash === hash) return
    const stands = await slackFor(desk).edit(message, channel, flood.row.ts)
    await flood.save(stands ? { hash } : { ts: undefined })
  })
}

const held = (
  rule: string,
  channel: string,
  desk: DeliveryContext,
  work: (flood: HeldLease<FloodRow>) => Promise<void>,
) => holdLease<FloodRow>({ pk: `flood#${rule}#${channel}`, sk: 'slack' }, desk, () => false, work)

const parentOf = ({ rule, because, count = 0, incidents = {} }: FloodRow) =>
  slackParent({
    rule,
    because,
    count,
    incidents: Object.entries(incidents)
      .toSorted(([, a], [, b]) => (a < b ? -1 : 1))
      .map(([id]) => id),
  })
