import type { Incident, Notice } from '../../engine/journal/record.ts'
import type { Severity } from '../../engine/rule.ts'
import type { IncidentView } from '../messages/view/incident-view.ts'
import { takes } from '../routing.ts'
import type { HeldLease } from './lease.ts'
import type { KnownParameters } from './secrets.ts'
import type { ChannelSettings } from './settings.ts'

/** What a channel needs to deliver: the resources of the stack, the routing with its secrets, and a deadline. */
export interface DeliveryContext extends ChannelSettings, KnownParameters {
  /** When to give up and leave the rest to the next try (milliseconds since 1970). */
  until: number
}

/** The incidents that were only observed between two ISO times. */
export interface ObservedDigest {
  since: string
  until: string
  views: IncidentView[]
}

/**
 * A way to reach people. Each method brings one message up to date: it sends only what was not sent before, and skips
 * what the routing does not send here. Each throws when delivery failed, and throws `RetryLater` when the channel
 * asked to wait.
 */
export interface Channel {
  /** A part of stored keys (`message#<name>`) and of queued tasks: it must not change once it is deployed. */
  name: string
  /** The name that people read. */
  title: string
  /** Whether the routing file configures this channel. */
  isUsed(context: DeliveryContext): boolean
  /** Delivers even when the routing file cannot be read; it then gets `bareRouting`. */
  worksWithoutRouting?: true
  incident(incident: Incident, lease: HeldLease, context: DeliveryContext): Promise<void>
  notice(notice: Notice, lease: HeldLease, context: DeliveryContext): Promise<void>
  /** Only for channels that collect observed incidents in a digest. */
  digest?(digest: ObservedDigest, lease: HeldLease, context: DeliveryContext): Promise<void>
}

/** Whether an incident waits for the digest: it was only observed, and its severity is below high. */
export const waitsForDigest = ({ state, severity }: IncidentView): boolean =>
  state === 'observed' && !takes('high', severity)

/** A skipped event is for the record; every other notice is for the person on call. */
export const noticeSeverityOf = ({ kind }: Notice): Severity => (kind === 'guarded' ? 'low' : 'high')
