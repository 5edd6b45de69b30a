import { html, raw } from 'hono/html'
import { lineWords, stateWords } from '../../messages/copy.ts'
import type { IncidentPart, IncidentView } from '../../messages/view/incident-view.ts'
import { type DecisionForm, formHtml } from './form.ts'
import { reviewStyle } from './style.ts'

type Html = ReturnType<typeof html>

/** What the review page shows besides the incident. */
export interface ReviewPage {
  view: IncidentView
  /** The name of the person who reads the page. */
  reader: string
  /** Who can decide, as a sentence. */
  approvers: string
  /** What the reader may decide here; empty when they must decide elsewhere. */
  forms: DecisionForm[]
  /** Why the reader cannot decide here. */
  elsewhere?: string
  /** The outcome of the reader's last order; `pending` while it is unknown. */
  outcome?: string
  pending: boolean
}

/** The review page of an incident. It runs no script, and the template escapes every text. Pure. */
export function reviewPage(review: ReviewPage): string {
  const { view, reader, approvers, forms, elsewhere, outcome, pending } = review
  const { header, state, severity, incident, next, what, facts, parts, notes, command } = view
  const status = pending
    ? 'Your decision is being carried out. This page reloads automatically.'
    : (outcome ?? '')
  return document(
    header,
    html`<p class="state">${stateWords[state]} · ${severity} severity · ${incident}</p>
<h1>${header}</h1>
${status ? html`<p role="status">${status}</p>` : ''}
<p class="next">${next}</p>
<p>${what}</p>
<dl>${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
${parts.map((part) => partHtml(part, view, forms))}
<section><h2>Who can decide</h2>
<p>${approvers} You are reading this as ${reader}. Opening this page changes nothing.</p>
${elsewhere ? html`<p><strong>${elsewhere}</strong></p>` : ''}
${command ? html`<p>In the CLI: <code>${command}</code></p>` : ''}
${notes.length > 0 ? html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>` : ''}
</section>`,
    pending,
  )
}

/** A page with one message. */
export const plainPage = (title: string, text: string): string =>
  document(title, html`<h1>${title}</h1><p>${text}</p>`, false)

function partHtml(part: IncidentPart, view: IncidentView, forms: DecisionForm[]): Html {
  const { title, state, plan, lines, more, caveats, why, containment } = part
  const form = forms.find((one) => one.containment === containment)
  return html`<section>
<h2>${title}</h2>
${state === view.state ? '' : html`<p>${stateWords[state]}</p>`}
${why ? html`<p>${why}</p>` : ''}
${lines.length > 0 ? html`<p class="quiet">${lineWords[state]} · plan ${plan}</p>` : ''}
<ul class="plan">${lines.map(
    ({ sign, text, done }) =>
      html`<li>${done === undefined ? '' : done ? '✓ ' : '✗ '}${sign}${sign === '!' ? ' (cannot be undone)' : ''} ${text}</li>`,
  )}</ul>
${more > 0 ? html`<p class="quiet">… and ${more} more</p>` : ''}
${caveats.length > 0 ? html`<p><strong>Caveats</strong></p><ul>${caveats.map((caveat) => html`<li>${caveat}</li>`)}</ul>` : ''}
${form ? formHtml(form) : ''}
</section>`
}

const document = (title: string, body: Html, reloads: boolean): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${reloads ? html`<meta http-equiv="refresh" content="2">` : ''}
<title>${title}</title>
<style>${raw(reviewStyle)}</style>
</head>
<body><main>
${body}
</main></body>
</html>
`.toString()
