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
  drifted: [['undo', 'Undo, keep their edits…']],
}

/** What a responder may do about a containment now, most needed first. What cannot be undone has no undo. */
export function responderActionsOf(record: Containment): ResponderAction[] {
  // To retry is to contain: after a failed release that would be the wrong way.
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

/** The command that does the same, for when all else is down. */
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
    retry: `${consent} What is done already is left as it is. ${end}`,
    deny: `Nothing will be changed for ${name}.`,
    undo: `Everything this containment changed for ${name} is put back.`,
    extend: `The containment of ${name} lasts longer.`,
  }[verb]
}
