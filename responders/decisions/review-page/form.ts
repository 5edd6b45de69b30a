import { html } from 'hono/html'
import { durationChoices } from '../../messages/copy.ts'
import type { ResponderAction } from '../../messages/view/incident-view.ts'

/** What a person may decide about one containment on their review page. */
export interface DecisionForm {
  containment: string
  plan: string
  actions: ResponderAction[]
  /** The token of the review link, and the value that binds the form to this plan. */
  token: string
  bound: string
}

/** Two forms: the first requests a code by mail, the second decides with it. */
export function formHtml({ containment, plan, actions, token, bound }: DecisionForm) {
  const verbs = actions.map(({ verb }) => verb)
  const needReason = verbs.filter((verb) => verb === 'deny' || verb === 'undo')
  const idOf = (name: string) => `${name}-${containment}`
  const hidden = html`<input type="hidden" name="t" value="${token}"><input type="hidden" name="n" value="${bound}"><input type="hidden" name="containment" value="${containment}"><input type="hidden" name="plan" value="${plan}">`
  return html`<form method="post" action="?">${hidden}
<p>1. Confirm your mailbox: request a code of eight digits by mail. It is valid for ten minutes.</p>
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
  needReason.length > 0
    ? html`<label for="${idOf('reason')}">Reason (required to ${needReason.join(' or ')}; everyone notified of this incident can read it)</label>
<textarea id="${idOf('reason')}" name="reason" rows="2" maxlength="300"></textarea>`
    : ''
}
${
  verbs.includes('extend')
    ? html`<label for="${idOf('for')}">Extend by</label>
<select id="${idOf('for')}" name="for">${Object.entries(durationChoices).map(([value, label]) => html`<option value="${value}">${label}</option>`)}</select>`
    : ''
}
<label for="${idOf('code')}">Code from the mail</label>
<input type="text" id="${idOf('code')}" name="code" required inputmode="numeric" pattern="[0-9]{8}" maxlength="8" autocomplete="one-time-code">
<button>Decide</button>
</form>`
}
