import { html, raw } from 'hono/html'
import type { Incident } from '../../engine/journal/record.ts'
import { stateWords } from '../../responders/messages/copy.ts'
import { viewOf } from '../../responders/messages/view/view-of.ts'
import { momentsOf } from './moments.ts'
import { changesOf, decisionsOf, eventsOf, messagesOf, timelineOf } from './report-parts.ts'
import { reportStyle } from './report-style.ts'
import { waterfall } from './waterfall.ts'

/** No requests and no scripts, whatever text an event contains. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/**
 * The report of an incident as one HTML page without network access or scripts, for screen and print. The template
 * escapes every text; only our own style sheet is inserted raw. Pure.
 */
export function reportPage(incident: Incident, now: Date): string {
  const view = viewOf(incident, now)
  const { state, severity, header, what, facts, notes, next } = view
  return html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${view.incident}: ${header}</title>
<style>${raw(reportStyle)}</style>
</head>
<body>
<header>
<p class="state">${stateWords[state].toUpperCase()} · ${severity} severity · ${view.incident}</p>
<h1>${header}</h1>
<p>${next}</p>
</header>
<main>
<h2 id="what">What happened</h2>
<p>${what}</p>
<table>${facts.map(([label, value]) => html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`)}</table>
${notes.map((note) => html`<p>${note}</p>`)}
<h2 id="changes">Changes</h2>
${incident.containments.map((one) => changesOf(one))}
<h2 id="timeline">Timeline</h2>
${waterfall(incident.containments, now)}
${timelineOf(momentsOf(incident))}
<h2 id="decisions">Decisions</h2>
${decisionsOf(incident)}
<h2 id="messages">Messages</h2>
${messagesOf(incident)}
<h2 id="event">Why it matched</h2>
${eventsOf(incident)}
</main>
<footer class="quiet">Made by portcullis at ${now.toISOString()}. All times are UTC. Text from events is quoted as received and may be false.</footer>
</body>
</html>
`.toString()
}
