import { randomUUID } from 'node:crypto'
import type { Event } from '../../engine/rule.ts'
import { localAccount, localRegion } from '../../local/local-account.ts'
import { asFields } from '../../sensing/signals/fields.ts'
import { eventsIn } from '../replay/events-in.ts'

/** What somebody sent, as the bus would have delivered it, and why the rest of it cannot be. */
export interface SentEvents {
  events: Event[]
  problems: string[]
}

/** Reads events of any kind that Portcullis knows: of EventBridge, records of CloudTrail, findings. */
export function sentIn(text: string): SentEvents {
  const found = eventsIn(text)
  return {
    events: found.flatMap((one) => ('event' in one ? [delivered(one.event)] : [])),
    problems: found.flatMap((one) => ('problem' in one ? [one.problem] : [])),
  }
}

/** The bus fills in what is not there. Whether the rest is sound, the functions judge. */
export function delivered(event: object): Event {
  const time = new Date().toISOString()
  const filled: object = {
    id: randomUUID(),
    localAccount,
    localRegion,
    time,
    resources: [],
    detail: {},
    ...event,
  }
  return filled as Event
}

/** The same once more: with its old id it would be a late duplicate, of which nothing may come. */
export const sendAgain = (event: Event): Event => ({ ...event, id: randomUUID() })

/** What an event tells of, in a few words of its own; not inert. */
export function whatOf({ detail, 'detail-type': type }: Event): string {
  const { eventName, type: finding } = asFields(detail)
  return String(eventName ?? finding ?? type)
}
