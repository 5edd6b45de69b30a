import { html } from 'hono/html'
import type { Action } from '../messages/view.ts'

/** What somebody may decide about one containment, on a page of theirs. */
export interface Choice {
  containment: string
  plan: string
  actions: Action[]
  /** The link's token, and what binds the form to this plan. */
  token: string
  bound: string
}

const spans = { '1h': '1 hour', '4h': '4 hours', '24h': '24 hours' }

/** Two forms: one has a code mailed, one decides with it. */
export function formHtml({ containment, plan, actions, token, bound }: Choice) {
  const verbs = actions.map(({ verb }) => verb)
  const needsWhy = verbs.filter((verb) => verb === 'deny' || verb === 'undo')
  const named = (name: string) => `${name}-${containment}`
  const hidden = html`<input type="hidden" name="t" value="${token}"><input type="hidden" name="n" value="${bound}"><input type="hidden" name="containment" value="${containment}"><input type="hidden" name="plan" value="${plan}">`
  return html`<form method="post" action="?">${hidden}
<p>1. Show that this mailbox is yours: a code of eight digits is mailed to you, good for ten minutes.</p>
<button class="second" name="verb" value="code">Send me a code</button>
</form>
<form method="post" action="?" autocomplete="off">${hidden}
<p>2. Decide.</p>
<fieldset><legend>Decision</legend>
${actions.map(
  ({ verb, label, confirm }) =>
    html`<label><input type="radio" name="verb" value="${verb}" required><span><strong>${label.replace('…', '')}</strong><br>${confirm}</span></label>`,
)}
</fieldset>
${
  needsWhy.length > 0
    ? html`<label for="${named('reason')}">Reason (needed to ${needsWhy.join(' or ')}; everybody who is told of this incident reads it)</label>
<textarea id="${named('reason')}" name="reason" rows="2" maxlength="300"></textarea>`
    : ''
}
${
  verbs.includes('extend')
    ? html`<label for="${named('for')}">For how much longer</label>
<select id="${named('for')}" name="for">${Object.entries(spans).map(([value, label]) => html`<option value="${value}">${label}</option>`)}</select>`
    : ''
}
<label for="${named('code')}">Code from the mail</label>
<input type="text" id="${named('code')}" name="code" required inputmode="numeric" pattern="[0-9]{8}" maxlength="8" autocomplete="one-time-code">
<button>Decide</button>
</form>`
}
