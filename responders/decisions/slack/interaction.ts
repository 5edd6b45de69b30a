import * as z from 'zod'
import { type Verb, verbs } from '../../../engine/journal/record.ts'
import { digest } from '../../../lib/canonical.ts'
import { parseJson } from '../../../lib/parse-json.ts'
import { containmentIdShape, incidentIdShape, planHashShape } from '../../identifiers.ts'
import { type Order, order, orderIdOf } from '../order.ts'

const named = z.object({ id: z.string() })
const sender = { user: named, team: named }

// Source: Slack, "block_actions payload" and "view_submission payload".
const buttonPress = z.object({
  ...sender,
  type: z.literal('block_actions'),
  channel: named,
  trigger_id: z.string(),
  message: z.object({ ts: z.string(), text: z.unknown(), blocks: z.unknown() }),
  actions: z.tuple([z.object({ action_id: z.enum(verbs), value: z.string() })]),
})

const formSubmission = z.object({
  ...sender,
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

/** What a form carries from the button that opened it; the decision worker adds where the button was. */
const formMetadata = z.object({
  verb: z.enum(verbs),
  incident: incidentIdShape,
  containment: containmentIdShape,
  plan: planHashShape,
  channel: z.string().optional(),
  message: z.string().optional(),
  force: z.boolean().optional(),
})

/** Verbs that need more input than a click: their button opens a form. */
const verbsWithForm: Verb[] = ['deny', 'undo', 'extend']

/**
 * The order in a Slack payload for a pressed button or a submitted form; undefined for every other payload. The same
 * press on the same message gives the same id; once the message has changed, a press is a new order. Pure.
 */
export function orderFromInteraction(payload: unknown, at: string): Order | undefined {
  const press = buttonPress.safeParse(payload).data
  if (press) return orderOfPress(press, at)
  const submission = formSubmission.safeParse(payload).data
  return submission && orderOfSubmission(submission, at)
}

function orderOfPress(
  { user, team, channel, message, trigger_id, actions: [action] }: z.output<typeof buttonPress>,
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
      ...(verbsWithForm.includes(verb) && { trigger: trigger_id }),
    },
  }).data
}

function orderOfSubmission({ user, team, view }: z.output<typeof formSubmission>, at: string) {
  const metadata = formMetadata.safeParse(parseJson(view.private_metadata)).data
  if (!metadata) return undefined
  const { verb, incident, containment, plan, channel, message, force } = metadata
  const { reason, for: duration } = view.state.values
  return order.safeParse({
    id: orderIdOf(team.id, view.id, verb, containment, user.id),
    at,
    verb,
    incident,
    containment,
    plan,
    reason: reason?.reason.value || undefined,
    for: duration?.for.selected_option?.value,
    force,
    claim: { how: 'slack', user: user.id, team: team.id, channel, message },
  }).data
}
