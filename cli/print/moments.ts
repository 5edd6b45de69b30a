import type { Containment, Incident } from '../../engine/journal/record.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { reasonWords, whoWords } from '../../responders/messages/format/who.ts'

/** One thing that happened. */
export interface PrintedMoment {
  at: string
  what: string
  says: string
  /** Of which containment; nothing where it is of the whole incident. */
  containment?: string
}

/** Everything that happened in an incident, in the order of time; every text in it is inert. */
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

// An event knows its own time; what it holds beside its envelope is shown elsewhere.
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

// Several playbooks answer one event.
const unique = (all: PrintedMoment[]): PrintedMoment[] =>
  all.filter(
    (one, place) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === place,
  )
