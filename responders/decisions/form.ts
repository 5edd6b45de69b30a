import type { ModalView } from '@slack/types'
import type { Containment } from '../../engine/journal/record.ts'
import type { Outcome } from '../../engine/outcome.ts'
import { parseJson } from '../../lib/parse-json.ts'
import { defang } from '../../lib/text/defang.ts'
import { type Question, slackModal } from '../messages/modal.ts'
import { partOf } from '../messages/part-of.ts'
import { labelOf, planLine } from '../messages/plan.ts'
import type { Order } from './order.ts'
import { type Click, trySlack } from './slack-feedback.ts'

const mostLines = 12

/** A press of a button that needs more words. */
export type Press = Pick<Order, 'id'> & { verb: Question['verb']; claim: Click }

/**
 * Opens the form in which somebody says why, or for how long, at once: Slack lets it be opened for three seconds. Of
 * an undoing it then shows what that would change now, and what others changed since, when `preview` has told.
 */
export async function openForm(
  { verb, claim }: Press,
  record: Containment,
  prefix: string,
  preview: () => Promise<Partial<Outcome>>,
): Promise<void> {
  const { title, lines } = partOf(record, true)
  const { id: containment, incident, plan } = record
  const ask: Question = { verb, incident, containment, plan: plan.hash, title, lines, drift: [] }
  const loading = verb === 'undo'
  const first = formOf({ ...ask, ...(loading && { lines: [], loading }) }, claim)
  const trigger_id = claim.trigger ?? ''
  const opened = await trySlack((slack) => slack.views.open({ trigger_id, view: first }), prefix)
  const view_id = opened?.view?.id
  if (!loading || !view_id) return
  const { plan: back, strays = [], why } = await preview()
  const now = (back?.changes ?? []).slice(0, mostLines).map((change) => planLine(change))
  const drift = [...strays.map(({ path }) => labelOf(path)), ...(why ? [defang(why)] : [])]
  const view = formOf({ ...ask, lines: now, drift }, claim, strays.length > 0)
  await trySlack((slack) => slack.views.update({ view_id, view }), prefix)
}

/**
 * The form, which remembers where its button was, since what is sent with it does not say; and that it showed what
 * others changed: whoever sends it then has seen that it stays.
 */
function formOf(ask: Question, { channel, message }: Click, force = false): ModalView {
  const view = slackModal(ask)
  const memory = parseJson(view.private_metadata ?? '') as object
  return {
    ...view,
    private_metadata: JSON.stringify({ ...memory, channel, message, ...(force && { force }) }),
  }
}
