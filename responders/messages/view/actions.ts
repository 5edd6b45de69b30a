import type { Containment, Verb } from '../../../engine/journal/record.ts'
import { sentenceOf } from '../copy.ts'
import { shortName } from './header.ts'
import type { IncidentState, ResponderAction } from './incident-view.ts'
import { stateOf } from './state-of.ts'

type Button = [verb: Verb, label: string]

const approve: Button = ['approve', 'Approve containment']
const deny: Button = ['deny', 'Deny…']
const undo: Button = ['undo', 'Undo…']
const extend: Button = ['extend', 'Extend…']
const retry: Button = ['retry', 'Retry']

const buttons: Partial<Record<IncidentState, Button[]>> = {
  'approval-needed': [approve, deny],
  contained: [undo, extend],
  failed: [retry, undo],
  partial: [retry, ['undo', 'Undo what was done…']],
  drifted: [['undo', 'Undo, keep changes by others…']],
}

/** What a responder can do about a containment now, most urgent first. A containment without undo offers no undo. */
export function responderActionsOf(record: Containment): ResponderAction[] {
  // A retry would contain again, which is wrong after a failed release.
  const offered: Button[] =
    record.failure?.during === 'release' && record.status === 'failed'
      ? [['undo', 'Undo again…']]
      : (buttons[stateOf(record)] ?? [])
  return offered
    .filter(([verb]) => record.plan.undo || (verb !== 'undo' && verb !== 'extend'))
    .map(([verb, label]) => ({
      verb,
      containment: record.id,
      plan: record.plan.hash,
      label,
      confirm: confirmOf(verb, record),
    }))
}

/** The command for the first action, for when Slack and mail are unavailable. */
export function cliCommandOf(record: Containment): string | undefined {
  const [first] = responderActionsOf(record)
  if (!first) return undefined
  const consents = first.verb === 'approve' || first.verb === 'retry'
  const plan = consents ? ` --plan ${first.plan.slice(0, 7)}` : ''
  return `portcullis ${first.verb} ${record.incident}${plan}`
}

function confirmOf(verb: Verb, record: Containment): string {
  const { plan, target } = record
  const name = shortName(record)
  const count = `${plan.changes.length} change${plan.changes.length === 1 ? '' : 's'}`
  const end = plan.undo ? 'It can be undone.' : 'It cannot be undone.'
  const consent = `This will ${sentenceOf(record, 'action', name)} in ${target.account}: ${count}, plan ${plan.hash.slice(0, 7)}.`
  return {
    approve: `${consent} ${end}`,
    retry: `${consent} Changes already made are kept. ${end}`,
    deny: `Nothing will be changed for ${name}.`,
    undo: `This reverts everything the containment changed for ${name}.`,
    extend: `This extends the containment of ${name}.`,
  }[verb]
}
