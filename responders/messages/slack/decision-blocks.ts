import type { ActionsBlock, Button } from '@slack/types'
import type { Verb } from '../../../engine/journal/record.ts'
import type { IncidentView, ResponderAction } from '../view/incident-view.ts'
import { button, codeSpan, confirmDialog, mrkdwn, section } from './blocks.ts'
import type { SlackDraft } from './limits.ts'

/** The buttons; for a critical incident, the command instead; nothing when there is nothing to decide. */
export function decisionBlocks(view: IncidentView): SlackDraft[] {
  if (view.actions.length === 0) return []
  if (view.severity !== 'critical') return [{ block: buttons(view) }]
  const how = 'Critical: decide in the CLI with your AWS credentials:'
  return [
    {
      block: section(
        mrkdwn(`${how}\n${codeSpan(view.command ?? `portcullis incidents show ${view.incident}`)}`),
      ),
    },
  ]
}

const buttons = ({ incident, actions }: IncidentView): ActionsBlock => ({
  type: 'actions',
  block_id: 'decide',
  elements: actions.slice(0, 3).map((action) => decisionButton(incident, action)),
})

const confirmations: Partial<Record<Verb, [title: string, yes: string]>> = {
  approve: ['Approve this containment?', 'Approve'],
  retry: ['Retry this containment?', 'Retry'],
}

function decisionButton(
  incident: string,
  { verb, containment, plan, label, confirm: says }: ResponderAction,
): Button {
  const confirmation = confirmations[verb]
  const value = `${incident}.${containment}.${plan}`
  return button(
    { id: verb, label, value },
    confirmation ? { style: 'primary', confirm: confirmDialog(confirmation[0], says, confirmation[1]) } : {},
  )
}
