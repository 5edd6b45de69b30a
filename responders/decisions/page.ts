import { html, raw } from 'hono/html'
import { lineWords, stateWords } from '../messages/copy.ts'
import type { Part, View } from '../messages/view.ts'
import { type Choice, formHtml } from './page-form.ts'
import { reviewStyle } from './style.ts'

export type Piece = ReturnType<typeof html>

/** What the review page shows besides the incident. */
export interface Review {
  view: View
  /** Who is reading, and who may decide. */
  reader: string
  approvers: string
  /** What may be decided here; nothing where it is decided elsewhere. */
  choices: Choice[]
  /** Why nothing may be decided here. */
  elsewhere?: string
  /** What the last thing asked for came to; `true` while it is not known. */
  became?: string | true
}

/** The page of an incident. It runs no script; every text in it is escaped by the template. Pure. */
export function reviewPage({ view, reader, approvers, choices, elsewhere, became }: Review): string {
  const { header, state, severity, incident, next, what, facts, parts, notes, command } = view
  return page(
    header,
    html`<p class="state">${stateWords[state]} · ${severity} severity · ${incident}</p>
<h1>${header}</h1>
${became === undefined ? '' : html`<p role="status">${became === true ? 'Your decision is being carried out; this page looks again by itself.' : became}</p>`}
<p class="next">${next}</p>
<p>${what}</p>
<dl>${facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
${parts.map((part) => partHtml(part, view, choices))}
<section><h2>Who decides</h2>
<p>${approvers}. You read this as ${reader}. To open this page changes nothing.</p>
${elsewhere ? html`<p><strong>${elsewhere}</strong></p>` : ''}
${command ? html`<p>In a terminal: <code>${command}</code></p>` : ''}
${notes.length > 0 ? html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>` : ''}
</section>`,
    became === true,
  )
}

/** A page that says one thing, and what to do. */
export const plainPage = (title: string, says: string): string =>
  page(title, html`<h1>${title}</h1><p>${says}</p>`, false)

function partHtml(part: Part, view: View, choices: Choice[]): Piece {
  const { title, state, plan, lines, more, caveats, why, containment } = part
  const choice = choices.find((one) => one.containment === containment)
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
${caveats.length > 0 ? html`<p><strong>Know before you decide</strong></p><ul>${caveats.map((caveat) => html`<li>${caveat}</li>`)}</ul>` : ''}
${choice ? formHtml(choice) : ''}
</section>`
}

const page = (title: string, body: Piece, again: boolean): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${again ? html`<meta http-equiv="refresh" content="2">` : ''}
<title>${title}</title>
<style>${raw(reviewStyle)}</style>
</head>
<body><main>
${body}
</main></body>
</html>
`.toString()
