import { html } from 'hono/html'
import type { Containment, Incident } from '../../engine/journal/record.ts'
import { parseJson } from '../../lib/parse-json.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { stateWords } from '../../responders/messages/copy.ts'
import { formatValue } from '../../responders/messages/format/format-value.ts'
import { partOf } from '../../responders/messages/view/part-of.ts'
import { labelOf } from '../../responders/messages/format/plan-lines.ts'
import { whoWords } from '../../responders/messages/format/who.ts'
import { jsonText } from '../shell/json.ts'
import type { PrintedMoment } from './moments.ts'

type Piece = ReturnType<typeof html>

const nothing = html`<p class="quiet">None.</p>`

/** What one containment changed or would change: before, after, and whether it is so. */
export function changesOf(record: Containment): Piece {
  const { id, plan, failure, strays } = record
  const { title, state, why } = partOf(record, false)
  const missing = new Set(failure?.missing.map(({ path }) => path))
  const held = ['contained', 'failed', 'drifted'].includes(record.status)
  return html`<h3>${title}</h3>
<p class="quiet">${stateWords[state]} · ${id} · plan ${plan.hash.slice(0, 7)} · ${plan.undo ? 'can be undone' : 'cannot be undone'}</p>
${why ? html`<p>${why}</p>` : ''}
<table class="changes">
<thead><tr><th scope="col">What</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">Now</th></tr></thead>
<tbody>${plan.changes.map(
    ({ path, before, after }) =>
      html`<tr><td>${labelOf(path)}</td><td>${formatValue(before, 200)}</td><td>${formatValue(after, 200)}</td><td>${held ? mark(!missing.has(path)) : (presently[record.status] ?? '')}</td></tr>`,
  )}</tbody>
</table>
${(strays ?? []).map(({ path, after }) => html`<p class="bad">Changed by others since: ${labelOf(path)} is now ${formatValue(after, 200)}</p>`)}
${plan.caveats.map((caveat) => html`<p class="quiet">! ${sanitize(caveat)}</p>`)}`
}

/** Of what is not held: whether it is so. */
const presently: Partial<Record<Containment['status'], string>> = {
  observed: 'not changed',
  proposed: 'not yet',
  containing: 'being changed',
  released: 'put back',
  closed: 'not changed',
}

const mark = (done: boolean): Piece =>
  done ? html`<span class="good">✓ done</span>` : html`<span class="bad">✗ not done</span>`

export const timelineOf = (moments: PrintedMoment[]): Piece => html`<table>
<thead><tr><th scope="col">Time (UTC)</th><th scope="col">What</th><th scope="col">Says</th></tr></thead>
<tbody>${moments.map(
  ({ at, what, says }) =>
    html`<tr><td class="time">${at.slice(0, 19).replace('T', ' ')}</td><td>${what}</td><td>${says}</td></tr>`,
)}</tbody>
</table>`

export const decisionsOf = ({ decisions }: Incident): Piece =>
  decisions.length === 0
    ? nothing
    : html`<table>
<thead><tr><th scope="col">Time (UTC)</th><th scope="col">Asked for</th><th scope="col">Who</th><th scope="col">Became</th></tr></thead>
<tbody>${decisions.map(
        ({ at, verb, by, outcome, says }) =>
          html`<tr><td class="time">${at.slice(0, 19).replace('T', ' ')}</td><td>${verb}</td><td>${whoWords(by)}${by.reason ? `: "${sanitize(by.reason)}"` : ''}</td><td>${outcome}. ${sanitize(says)}</td></tr>`,
      )}</tbody>
</table>`

export const messagesOf = ({ messages }: Incident): Piece =>
  messages.length === 0
    ? nothing
    : html`<table>
<thead><tr><th scope="col">Where</th><th scope="col">Last brought up to date (UTC)</th><th scope="col">Became</th></tr></thead>
<tbody>${messages.map(
        ({ channel, at, state, why }) =>
          html`<tr><td>${sanitize(channel, 120)}</td><td class="time">${at.slice(0, 19).replace('T', ' ')}</td><td>${state}${why ? `: ${sanitize(why)}` : ''}</td></tr>`,
      )}</tbody>
</table>`

/** The event of each rule, whole: once, however many containments rest on it. */
export function eventsOf({ containments }: Incident): Piece {
  const events = new Map(containments.map((one) => [`${one.rule} ${String(one.event.id)}`, one]))
  return html`${[...events.values()].map(
    ({ rule, because, event }) =>
      html`<h3>${sanitize(rule, 80)}</h3><p>${sanitize(because)}</p><pre>${jsonText(opened(event), 2)}</pre>`,
  )}`
}

// The journal keeps the detail as text.
function opened(event: Record<string, unknown>): object {
  const detail = typeof event.detail === 'string' ? parseJson(event.detail) : undefined
  return detail === undefined ? event : { ...event, detail }
}
