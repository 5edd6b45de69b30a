import { html } from 'hono/html'
import type { Containment, Incident } from '../../engine/journal/record.ts'
import { parseJson } from '../../lib/parse-json.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { stateWords } from '../../responders/messages/copy.ts'
import { formatValue } from '../../responders/messages/format/format-value.ts'
import { labelOf } from '../../responders/messages/format/plan-lines.ts'
import { whoWords } from '../../responders/messages/format/who.ts'
import { partOf } from '../../responders/messages/view/part-of.ts'
import { jsonText } from '../shell/json.ts'
import type { PrintedMoment } from './moments.ts'

type HtmlPart = ReturnType<typeof html>

const nothing = html`<p class="quiet">None.</p>`

/** The changes of one containment: before, after, and whether each was made. */
export function changesOf(record: Containment): HtmlPart {
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
      html`<tr><td>${labelOf(path)}</td><td>${formatValue(before, 200)}</td><td>${formatValue(after, 200)}</td><td>${held ? mark(!missing.has(path)) : (stateOfChange[record.status] ?? '')}</td></tr>`,
  )}</tbody>
</table>
${(strays ?? []).map(({ path, after }) => html`<p class="bad">Changed by others since: ${labelOf(path)} is now ${formatValue(after, 200)}</p>`)}
${plan.caveats.map((caveat) => html`<p class="quiet">! ${sanitize(caveat)}</p>`)}`
}

/** The state of a change, for statuses in which it is not held. */
const stateOfChange: Partial<Record<Containment['status'], string>> = {
  observed: 'not changed',
  proposed: 'not yet',
  containing: 'being changed',
  released: 'restored',
  closed: 'not changed',
}

const mark = (done: boolean): HtmlPart =>
  done ? html`<span class="good">✓ done</span>` : html`<span class="bad">✗ not done</span>`

export const timelineOf = (moments: PrintedMoment[]): HtmlPart => html`<table>
<thead><tr><th scope="col">Time (UTC)</th><th scope="col">Entry</th><th scope="col">Details</th></tr></thead>
<tbody>${moments.map(
  ({ at, what, says }) =>
    html`<tr><td class="time">${at.slice(0, 19).replace('T', ' ')}</td><td>${what}</td><td>${says}</td></tr>`,
)}</tbody>
</table>`

export const decisionsOf = ({ decisions }: Incident): HtmlPart =>
  decisions.length === 0
    ? nothing
    : html`<table>
<thead><tr><th scope="col">Time (UTC)</th><th scope="col">Decision</th><th scope="col">By</th><th scope="col">Outcome</th></tr></thead>
<tbody>${decisions.map(
        ({ at, verb, by, outcome, says }) =>
          html`<tr><td class="time">${at.slice(0, 19).replace('T', ' ')}</td><td>${verb}</td><td>${whoWords(by)}${by.reason ? `: "${sanitize(by.reason)}"` : ''}</td><td>${outcome}. ${sanitize(says)}</td></tr>`,
      )}</tbody>
</table>`

export const messagesOf = ({ messages }: Incident): HtmlPart =>
  messages.length === 0
    ? nothing
    : html`<table>
<thead><tr><th scope="col">Channel</th><th scope="col">Last update (UTC)</th><th scope="col">Outcome</th></tr></thead>
<tbody>${messages.map(
        ({ channel, at, state, why }) =>
          html`<tr><td>${sanitize(channel, 120)}</td><td class="time">${at.slice(0, 19).replace('T', ' ')}</td><td>${state}${why ? `: ${sanitize(why)}` : ''}</td></tr>`,
      )}</tbody>
</table>`

/** The whole event that each rule matched; once per event, even if it led to several containments. */
export function eventsOf({ containments }: Incident): HtmlPart {
  const events = new Map(containments.map((one) => [`${one.rule} ${String(one.event.id)}`, one]))
  return html`${[...events.values()].map(
    ({ rule, because, event }) =>
      html`<h3>${sanitize(rule, 80)}</h3><p>${sanitize(because)}</p><pre>${jsonText(opened(event), 2)}</pre>`,
  )}`
}

// The journal stores the detail as text.
function opened(event: Record<string, unknown>): object {
  const detail = typeof event.detail === 'string' ? parseJson(event.detail) : undefined
  return detail === undefined ? event : { ...event, detail }
}
