import type { Incident, Notice } from '../../engine/journal/record.ts'
import type { Severity } from '../../engine/rule.ts'
import type { View } from '../messages/view.ts'
import { takes } from '../routing.ts'
import type { HeldLease } from './lease.ts'
import type { KnownParameters } from './secrets.ts'
import type { ChannelSettings } from './settings.ts'

export const channelNames = ['slack', 'mail', 'sns'] as const
export type ChannelName = (typeof channelNames)[number]

/** What a channel works with: where things are, who is told what, and when it is too late to go on. */
export interface DeliveryContext extends ChannelSettings, KnownParameters {
  until: number
}

/** What was only observed in a span of time. */
export interface Digest {
  since: string
  until: string
  views: View[]
}

/**
 * A way to people. Each method brings a message up to date: what was told before is not told again, and what the
 * channel does not take is left out. Each throws when people could not be told, `Later` when it is to be tried again.
 */
export interface Channel {
  name: ChannelName
  /** Whether the stage has it at all. */
  used(desk: DeliveryContext): boolean
  incident(incident: Incident, held: HeldLease, desk: DeliveryContext): Promise<void>
  notice(notice: Notice, held: HeldLease, desk: DeliveryContext): Promise<void>
  /** Where what is only observed waits for it. */
  digest?(digest: Digest, held: HeldLease, desk: DeliveryContext): Promise<void>
}

/** What nobody has to act upon, and is not grave, waits for the digest. */
export const waits = ({ state, severity }: View): boolean => state === 'observed' && !takes('high', severity)

/** How grave a notice is: a guard that held is good to know, the rest is for who is on call. */
export const severityOf = ({ kind }: Notice): Severity => (kind === 'guarded' ? 'low' : 'high')
