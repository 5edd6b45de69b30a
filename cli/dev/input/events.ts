import { randomUUID } from 'node:crypto'
import type { Event } from '../../../engine/rule.ts'
import { localAccount, localRegion } from '../../../local/local-account.ts'
import { asFields } from '../../../sensing/signals/fields.ts'
import { eventsIn } from '../../replay/read/events-in.ts'

/** The events in an input, as the event bus would deliver them, and the problems with the rest. */
export interface SentEvents {
  events: Event[]
  problems: string[]
}

/** Reads events of any known format: EventBridge events, CloudTrail records, findings. */
export function sentIn(text: string): SentEvents {
  const found = eventsIn(text)
  return {
    events: found.flatMap((one) => ('event' in one ? [delivered(one.event)] : [])),
    problems: found.flatMap((one) => ('problem' in one ? [one.problem] : [])),
  }
}

/** Fills in missing fields of the envelope, as the event bus does. The functions validate the rest. */
export function delivered(event: object): Event {
  const time = new Date().toISOString()
  const filled: object = {
    id: randomUUID(),
    account: localAccount,
    region: localRegion,
    time,
    resources: [],
    detail: {},
    ...event,
  }
  return filled as Event
}

/** A copy with a new id: with the same id it would be ignored as a duplicate. */
export const sendAgain = (event: Event): Event => ({ ...event, id: randomUUID() })

/** The name of the call or finding type of an event; not sanitized. */
export function whatOf({ detail, 'detail-type': type }: Event): string {
  const { eventName, type: finding } = asFields(detail)
  return String(eventName ?? finding ?? type)
}
