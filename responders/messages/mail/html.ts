import { html, raw } from 'hono/html'
import { lineWords, stateWords } from '../copy.ts'
import { headline } from '../view/header.ts'
import type { IncidentPart, IncidentView, PlanLine } from '../view/incident-view.ts'
import { styleOf } from './style.ts'

export interface MailOptions {
  /** The review page of this incident for this person; opening it changes nothing. */
  link?: string
  /** The name of the person it is sent to. */
  to: string
  /** Whether it is the first mail about this incident to this person. */
  first: boolean
}

type Html = ReturnType<typeof html>

export interface MailOptions {
  /** The review page of this incident for this person; opening it changes nothing. */
  link?: string
  /** The name of the person it is sent to. */
  to: string
  /** Whether it is the first mail about this incident to this person. */
  first: boolean
}

/**
 * The HTML part of a mail: one column, no image, no script, and no link but the review page. The template escapes every
 * text; only our own style sheet is inserted raw.
 */
export function mailHtml(view: IncidentView, { link, to }: Pick<MailOptions, 'link' | 'to'>): string {
  const { header, state, severity, incident, next, what, facts, parts, notes, command } = view
  const { state: word, rest } = headline(header)
  return html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>${header}</title>
<style>${raw(styleOf(state))}</style>
</head>
<body>
<table role="presentation" cellpadding="0" cellspacing="0"><tr><td>
<table role="presentation" class="sheet" cellpadding="0" cellspacing="0">
<tr><td class="slot">
<p class="state">${word.toUpperCase()} · ${severity} severity</p>
<h1>${keepIdentifiers(rest)}</h1>
<p class="next">${next}</p>
${link ? html`<p style="margin-top:18px"><a class="button" href="${link}">${linkText(view)}</a></p>` : ''}
</td></tr>
<tr><td class="slot">
<p style="margin:0 0 10px">${what}</p>
<table role="presentation" cellpadding="0" cellspacing="0">
${facts.map(([label, value]) => html`<tr><td class="label">${label}</td><td class="value">${value}</td></tr>`)}
</table>
</td></tr>
${parts.map((part) => partHtml(part, view))}
<tr><td class="slot"><div class="rule">
${notes.map((note) => html`<p style="margin:0 0 6px">${note}</p>`)}
${command ? html`<p>In the CLI:<br><span class="mono">${command}</span></p>` : ''}
</div></td></tr>
<tr><td class="end quiet">${incident} · sent to ${to}${link ? ' · opening the link changes nothing' : ''}</td></tr>
</table>
</td></tr></table>
</body>
</html>
`.toString()
}

/** The text of the link. Critical incidents are decided in the CLI only, so their page has no decision. */
export const linkText = ({ actions, severity }: IncidentView): string =>
  actions.length > 0 && severity !== 'critical' ? 'Review and decide' : 'Open the incident'

function partHtml({ title, state, plan, lines, more, caveats, why }: IncidentPart, view: IncidentView): Html {
  const permanent = lines.some(({ sign }) => sign === '!')
  return html`<tr><td class="slot"><div class="rule">
<h2>${keepIdentifiers(title)}</h2>
${state === view.state ? '' : html`<p style="margin-top:4px"><strong>${stateWords[state]}</strong></p>`}
${why ? html`<p>${why}</p>` : ''}
${
  lines.length > 0
    ? html`<p class="quiet">${lineWords[state]} · plan ${plan}${permanent ? ' · ! cannot be undone' : ''}</p>
<table role="presentation" cellpadding="0" cellspacing="0" style="margin-top:4px">
${lines.map(lineHtml)}
</table>`
    : ''
}
${more > 0 ? html`<p class="quiet">… and ${more} more</p>` : ''}
${
  caveats.length > 0
    ? html`<p><strong>Caveats</strong></p>
<ul>${caveats.map((caveat) => html`<li>${caveat}</li>`)}</ul>`
    : ''
}
</div></td></tr>`
}

/** A text with its short identifiers kept on one line: browsers break lines at hyphens. */
const keepIdentifiers = (text: string): (Html | string)[] =>
  text
    .split(/(?<= )/)
    .map((word) =>
      /^[\w/]+-[\w/-]+ ?$/.test(word) && word.length < 26 ? html`<span class="id">${word}</span>` : word,
    )

function lineHtml({ sign, text, done }: PlanLine): Html {
  const [label = '', ...values] = text.split('   ')
  const mark =
    done === undefined ? '' : done ? html`<span class="yes">✓</span> ` : html`<span class="no">✗</span> `
  return html`<tr><td class="sign">${mark}${sign}</td><td class="change">${label}${
    values.length > 0 ? html`<br><strong>${values.join(' ')}</strong>` : ''
  }</td></tr>`
}
