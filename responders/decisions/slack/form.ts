import type { ModalView } from '@slack/types'
import type { Containment } from '../../../engine/journal/record.ts'
import type { Outcome } from '../../../engine/outcome.ts'
import { parseJson } from '../../../lib/parse-json.ts'
import { defang } from '../../../lib/text/defang.ts'
import { labelOf, planLine } from '../../messages/format/plan-lines.ts'
import { type DecisionQuestion, slackModal } from '../../messages/slack/modal.ts'
import { partOf } from '../../messages/view/part-of.ts'
import type { Order } from '../order.ts'
import { type SlackClaim, trySlack } from './slack-feedback.ts'

const maxLines = 12

/** A pressed button that opens a form. */
export type FormRequest = Pick<Order, 'id'> & { verb: DecisionQuestion['verb']; claim: SlackClaim }

/**
 * Opens the form that asks for the reason and, to extend, the duration. It opens at once, because Slack allows three
 * seconds; for an undo it is updated with the result of `preview`: what the undo would change now, and what others
 * changed since the containment.
 */
export async function openForm(
  { verb, claim }: FormRequest,
  record: Containment,
  prefix: string,
  preview: () => Promise<Partial<Outcome>>,
): Promise<void> {
  const { title, lines } = partOf(record, true)
  const { id: containment, incident, plan } = record
  const question: DecisionQuestion = {
    verb,
    incident,
    containment,
    plan: plan.hash,
    title,
    lines,
    drift: [],
  }
  const loading = verb === 'undo'
  const first = formOf({ ...question, ...(loading && { lines: [], loading }) }, claim)
  const trigger_id = claim.trigger ?? ''
  const opened = await trySlack((slack) => slack.views.open({ trigger_id, view: first }), prefix)
  const view_id = opened?.view?.id
  if (!loading || !view_id) return
  const { plan: reverse, strays = [], why } = await preview()
  const now = (reverse?.changes ?? []).slice(0, maxLines).map((change) => planLine(change))
  const drift = [...strays.map(({ path }) => labelOf(path)), ...(why ? [defang(why)] : [])]
  const view = formOf({ ...question, lines: now, drift }, claim, strays.length > 0)
  await trySlack((slack) => slack.views.update({ view_id, view }), prefix)
}

/**
 * The form with metadata for its submission, which does not say where the button was. `force`: the form has shown what
 * others changed, so the person who submits it accepts that those changes stay.
 */
function formOf(question: DecisionQuestion, { channel, message }: SlackClaim, force = false): ModalView {
  const view = slackModal(question)
  const metadata = parseJson(view.private_metadata ?? '') as object
  return {
    ...view,
    private_metadata: JSON.stringify({ ...metadata, channel, message, ...(force && { force }) }),
  }
}
