import type { InputBlock, ModalView } from '@slack/types'
import { defang } from '../../../lib/text/defang.ts'
import { durationChoices } from '../copy.ts'
import type { PlanLine } from '../view/incident-view.ts'
import { bold, codeBlock, context, mrkdwn, plainText, section } from './blocks.ts'
import { slackLimits } from './limits.ts'

/** The question before a decision. `lines`: what it would change; `drift`: what others changed since containment. */
export interface DecisionQuestion {
  verb: 'deny' | 'undo' | 'extend'
  incident: string
  containment: string
  plan: string
  title: string
  lines: PlanLine[]
  drift: string[]
  /** The changes are still being read. */
  loading?: boolean
}

/** Titles and buttons have at most 24 characters. Source: Slack, modal view reference. */
const copy = {
  deny: {
    title: 'Deny containment',
    submit: 'Deny',
    lead: 'Nothing will be changed. The plan was:',
  },
  undo: { title: 'Undo containment', submit: 'Undo', lead: 'Undo will change:' },
  extend: { title: 'Extend containment', submit: 'Extend', lead: 'The containment lasts longer and keeps:' },
} as const

/** The form for a decision that needs a reason or a duration. */
export function slackModal({
  verb,
  incident,
  containment,
  plan,
  title,
  ...shows
}: DecisionQuestion): ModalView {
  const { title: name, submit, lead } = copy[verb]
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
  if (loading) return [section(plainText('Checking what an undo would change now…'))]
  if (lines.length === 0) return [section(plainText('There is nothing to change.'))]
  const texts = lines.map(({ sign, text }) => `${sign} ${defang(text)}`)
  return [section(mrkdwn(`${lead}\n${codeBlock(texts, slackLimits.section - lead.length - 1)}`))]
}

const maxDrift = 8

function drifted(drift: string[]) {
  if (drift.length === 0) return []
  const rest = drift.length - maxDrift
  const named = drift.slice(0, maxDrift).map((one) => plainText(defang(one, 200)))
  return [
    section(mrkdwn('*Changed by others after containment. Undo keeps these changes:*')),
    context(...named, ...(rest > 0 ? [plainText(`… and ${rest} more`)] : [])),
  ]
}

const reason: InputBlock = {
  type: 'input',
  block_id: 'reason',
  label: plainText('Reason'),
  hint: plainText('Everyone notified of this incident can read it.'),
  element: {
    type: 'plain_text_input',
    action_id: 'reason',
    min_length: 1,
    max_length: 300,
    focus_on_load: true,
  },
}

const options = Object.entries(durationChoices).map(([value, label]) => ({
  value,
  text: plainText(label, slackLimits.button),
}))
const [hour] = options

const duration: InputBlock = {
  type: 'input',
  block_id: 'for',
  label: plainText('Extend by'),
  element: { type: 'static_select', action_id: 'for', options, ...(hour && { initial_option: hour }) },
}
