import type { Containment, Incident } from '../../engine/journal/record.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { reasonWords, whoWords } from '../../responders/messages/format/who.ts'

/** One entry of the timeline. */
export interface PrintedMoment {
  at: string
  what: string
  says: string
  /** Undefined for an entry about the whole incident. */
  containment?: string
}

/** The timeline of an incident: events, steps, decisions and messages in order of time; every text is sanitized. */
export function momentsOf({ containments, events, decisions, messages }: Incident): PrintedMoment[] {
  const all: PrintedMoment[] = [
    ...containments.flatMap((one) => [...eventOf(one), ...stepsOf(one)]),
    ...events.map(furtherOf),
    ...decisions.map(({ at, verb, by, outcome, says, containment }) => ({
      at,
      what: 'decision',
      says: `${sanitize(verb, 20)} ${whoWords(by)}${reasonWords(by.reason)}; ${sanitize(outcome, 20)}: ${sanitize(says)}`,
      containment,
    })),
    ...messages.map(({ channel, at, state, why }) => ({
      at,
      what: 'message',
      says: `${sanitize(channel, 80)} ${state}${why ? `: ${sanitize(why)}` : ''}`,
    })),
  ]
  return unique(all).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

// Only the envelope of the event; its detail is shown elsewhere. Its own time comes before that of the record.
function eventOf({ event, rule, opened }: Containment): PrintedMoment[] {
  const text = (key: string): string => (typeof event[key] === 'string' ? sanitize(event[key], 120) : '')
  const at = typeof event.time === 'string' && !Number.isNaN(Date.parse(event.time)) ? event.time : opened
  const kind = [text('source'), text('detail-type')].filter(Boolean).join(', ') || 'an event'
  return [{ at: new Date(at).toISOString(), what: 'event', says: `${kind}; rule ${sanitize(rule, 80)}` }]
}

const stepsOf = ({ id, playbook, history }: Containment): PrintedMoment[] =>
  history.map(({ at, status, by, why }) => ({
    at,
    what: status,
    says: [
      `${playbook} ${whoWords(by)}${reasonWords(by.reason)}`,
      why && why !== by.reason ? sanitize(why) : '',
    ]
      .filter(Boolean)
      .join('. '),
    containment: id,
  }))

function furtherOf(event: string): PrintedMoment {
  const [at = '', ...rest] = event.split(' ')
  const time = Date.parse(at)
  return Number.isNaN(time)
    ? { at: '', what: 'event', says: sanitize(event) }
    : { at: new Date(time).toISOString(), what: 'event', says: sanitize(rest.join(' ')) }
}

// Several playbooks may respond to one event: it is listed once.
const unique = (all: PrintedMoment[]): PrintedMoment[] =>
  all.filter(
    (one, place) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === place,
  )
