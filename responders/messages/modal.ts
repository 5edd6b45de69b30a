import type { InputBlock, ModalView } from '@slack/types'
import { defang } from '../../lib/text/defang.ts'
import { bold, codeBlock, context, marked, plain, section } from './blocks.ts'
import { limits } from './limits.ts'
import type { PlanLine } from './view.ts'

/** What a person is asked before one decision. `lines`: what it would change; `drift`: what others changed since. */
export interface Question {
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
export function slackModal({ verb, incident, containment, plan, title, ...shows }: Question): ModalView {
  const { title: name, submit, lead } = words[verb]
  return {
    type: 'modal',
    callback_id: 'decide',
    private_metadata: JSON.stringify({ verb, incident, containment, plan }),
    title: plain(name, 24),
    submit: plain(submit, 24),
    close: plain('Cancel', 24),
    blocks: [
      section(marked(bold(defang(title, 200)))),
      ...changes(lead, shows),
      ...drifted(shows.drift),
      ...(verb === 'extend' ? [duration] : []),
      reason,
    ],
  }
}

function changes(lead: string, { lines, loading }: Pick<Question, 'lines' | 'loading'>) {
  if (loading) return [section(plain('Reading what it would change now…'))]
  if (lines.length === 0) return [section(plain('There is nothing to change.'))]
  const texts = lines.map(({ sign, text }) => `${sign} ${defang(text)}`)
  return [section(marked(`${lead}\n${codeBlock(texts, limits.section - lead.length - 1)}`))]
}

const mostDrift = 8

function drifted(drift: string[]) {
  if (drift.length === 0) return []
  const rest = drift.length - mostDrift
  const named = drift.slice(0, mostDrift).map((one) => plain(defang(one, 200)))
  return [
    section(marked('*Others changed this since. Their edits are kept:*')),
    context(...named, ...(rest > 0 ? [plain(`… and ${rest} more`)] : [])),
  ]
}

const reason: InputBlock = {
  type: 'input',
  block_id: 'reason',
  label: plain('Reason'),
  hint: plain('Everybody who is told of this incident reads it.'),
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
  text: plain(label, limits.button),
}))
const [hour] = options

const duration: InputBlock = {
  type: 'input',
  block_id: 'for',
  label: plain('For how much longer'),
  element: { type: 'static_select', action_id: 'for', options, ...(hour && { initial_option: hour }) },
}
