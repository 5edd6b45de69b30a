import * as z from 'zod'
import { type Verb, verbs } from '../../engine/journal/record.ts'
import { digest } from '../../lib/canonical.ts'
import { parseJson } from '../../lib/parse-json.ts'
import { containmentIdShape, incidentId, type Order, order, orderIdOf, planHashShape } from './order.ts'

const named = z.object({ id: z.string() })
const who = { user: named, team: named }

// Source: Slack, "block_actions payload" and "view_submission payload".
const press = z.object({
  ...who,
  type: z.literal('block_actions'),
  channel: named,
  trigger_id: z.string(),
  message: z.object({ ts: z.string(), text: z.unknown(), blocks: z.unknown() }),
  actions: z.tuple([z.object({ action_id: z.enum(verbs), value: z.string() })]),
})

const submission = z.object({
  ...who,
  type: z.literal('view_submission'),
  view: z.object({
    id: z.string(),
    callback_id: z.literal('decide'),
    private_metadata: z.string(),
    state: z.object({
      values: z.object({
        reason: z.object({ reason: z.object({ value: z.string().nullish() }) }).optional(),
        for: z
          .object({ for: z.object({ selected_option: z.object({ value: z.string() }).nullish() }) })
          .optional(),
      }),
    }),
  }),
})

/** What a form remembers of the button that opened it; settle adds where that was. */
const memory = z.object({
  verb: z.enum(verbs),
  incident: incidentId,
  containment: containmentIdShape,
  plan: planHashShape,
  channel: z.string().optional(),
  message: z.string().optional(),
  force: z.boolean().optional(),
})

/** These need more words than a button can say: it opens a form. */
const needsWords: Verb[] = ['deny', 'undo', 'extend']

/**
 * The order in what Slack sends when a button is pressed or a form is sent; nothing in anything else. The same press
 * on the same message gives the same id: when the message has changed, it is another press. Pure.
 */
export function orderOf(payload: unknown, at: string): Order | undefined {
  const pressed = press.safeParse(payload).data
  if (pressed) return ofPress(pressed, at)
  const sent = submission.safeParse(payload).data
  return sent && ofSubmission(sent, at)
}

function ofPress(
  { user, team, channel, message, trigger_id, actions: [action] }: z.output<typeof press>,
  at: string,
) {
  const { action_id: verb, value } = action
  const [incident = '', containment, plan] = value.split('.')
  const shown = digest(JSON.stringify([message.text, message.blocks]))
  return order.safeParse({
    id: orderIdOf(team.id, channel.id, message.ts, shown, verb, value, user.id),
    at,
    verb,
    incident,
    containment,
    plan,
    claim: {
      how: 'slack',
      user: user.id,
      team: team.id,
      channel: channel.id,
      message: message.ts,
      ...(needsWords.includes(verb) && { trigger: trigger_id }),
    },
  }).data
}

function ofSubmission({ user, team, view }: z.output<typeof submission>, at: string) {
  const it = memory.safeParse(parseJson(view.private_metadata)).data
  if (!it) return undefined
  const { verb, incident, containment, plan, channel, message, force } = it
  const { reason, for: lasts } = view.state.values
  return order.safeParse({
    id: orderIdOf(team.id, view.id, verb, containment, user.id),
    at,
    verb,
    incident,
    containment,
    plan,
    reason: reason?.reason.value || undefined,
    for: lasts?.for.selected_option?.value,
    force,
    claim: { how: 'slack', user: user.id, team: team.id, channel, message },
  }).data
}
