import type { InputBlock, ModalView } from '@slack/types'
import { defang } from '../../../lib/text/defang.ts'
import type { PlanLine } from '../view/incident-view.ts'
import { bold, codeBlock, context, mrkdwn, plainText, section } from './blocks.ts'
import { slackLimits } from './limits.ts'

/** What a person is asked before one decision. `lines`: what it would change; `drift`: what others changed since. */
export interface DecisionQuestion {
  verb: 'deny' | 'undo' | 'extend'
  incident: string
  containment: string
  plan: string
  title: string
  lines: PlanLine[]
  drift: string[]
  /** What it would change is still being read. */
  loading?: boolean
}

/** Slack takes 24 characters for a title and for a button. Source: Slack, modal view reference. */
const words = {
  deny: {
    title: 'Deny containment',
    submit: 'Deny',
    lead: 'Nothing will be changed. It would have changed:',
  },
  undo: { title: 'Undo containment', submit: 'Undo', lead: 'Undo will change:' },
  extend: { title: 'Extend containment', submit: 'Extend', lead: 'It lasts longer. It holds:' },
} as const

const durations = { '1h': '1 hour', '4h': '4 hours', '24h': '24 hours' }

/** The dialog for a decision that needs a reason, or a time. */
export function slackModal({
  verb,
  incident,
  containment,
  plan,
  title,
  ...shows
}: DecisionQuestion): ModalView {
  const { title: name, submit, lead } = words[verb]
  return {
    type: 'modal',
    callback_id: 'decide',
    private_metadata: JSON.stringify({ verb, incident, containment, plan }),
    title: plainText(name, 24),
    submit: plainText(submit, 24),
    close: plainText('Cancel', 24),
    blocks: [
      section(mrkdwn(bold(defang(title, 200)))),
      ...changes(lead, shows),
      ...drifted(shows.drift),
      ...(verb === 'extend' ? [duration] : []),
      reason,
    ],
  }
}

function changes(lead: string, { lines, loading }: Pick<DecisionQuestion, 'lines' | 'loading'>) {
  if (loading) return [section(plainText('Reading what it would change now…'))]
  if (lines.length === 0) return [section(plainText('There is nothing to change.'))]
  const texts = lines.map(({ sign, text }) => `${sign} ${defang(text)}`)
  return [section(mrkdwn(`${lead}\n${codeBlock(texts, slackLimits.section - lead.length - 1)}`))]
}

const mostDrift = 8

function drifted(drift: string[]) {
  if (drift.length === 0) return []
  const rest = drift.length - mostDrift
  const named = drift.slice(0, mostDrift).map((one) => plainText(defang(one, 200)))
  return [
    section(mrkdwn('*Others changed this since. Their edits are kept:*')),
    context(...named, ...(rest > 0 ? [plainText(`… and ${rest} more`)] : [])),
  ]
}

const reason: InputBlock = {
  type: 'input',
  block_id: 'reason',
  label: plainText('Reason'),
  hint: plainText('Everybody who is told of this incident reads it.'),
  element: {
    type: 'plain_text_input',
    action_id: 'reason',
    min_length: 1,
    max_length: 300,
    focus_on_load: true,
  },
}

const options = Object.entries(durations).map(([value, label]) => ({
  value,
  text: plainText(label, slackLimits.button),
}))
const [hour] = options

const duration: InputBlock = {
  type: 'input',
  block_id: 'for',
  label: plainText('For how much longer'),
  element: { type: 'static_select', action_id: 'for', options, ...(hour && { initial_option: hour }) },
}
