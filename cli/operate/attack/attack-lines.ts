import { isLoopback } from '../../../lib/loopback.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import type { BoundAttack } from './scenarios.ts'
import type { AttackEvent } from './send-attack.ts'

/** The targets of an attack, before it is sent. */
export const targetLines = ({ expect }: BoundAttack): string[] =>
  expect.flatMap(({ playbook, target = {} }) =>
    playbook ? [`  ${playbook}  ${sanitize(Object.values(target).join(' '), 200)}`] : [],
  )

/** What the attack will cause in this stage. */
export const effectLines = (stage: string, ceiling: string): string[] => [
  ceiling === 'contain'
    ? `The ceiling of stage ${stage} is contain: these targets will be contained until they are undone or released automatically.`
    : `The ceiling of stage ${stage} is ${ceiling}: nothing is changed${ceiling === 'approve' ? ' without approval' : ''}.`,
  isLoopback()
    ? 'The events go to the event bus of the emulators.'
    : 'The events go directly to the playbooks: only AWS services can put their own events on the default bus.',
]

/** The events that were sent, the rules they match, and the answers of the playbooks. */
export const sentLines = (sent: AttackEvent[]): string[] =>
  sent.flatMap(({ id, what, rules, outcomes }) => [
    `${id}  ${what} → ${rules.join(', ') || 'no rule'}`,
    ...outcomes.map(
      ({ playbook, status, why }) => `  ${playbook}: ${status}${why ? ` (${sanitize(why, 200)})` : ''}`,
    ),
  ])

/** How to look at the outcome, and how to undo it. */
export const nextLines = (incidents: string[], stage: string): string[] =>
  incidents.length > 0
    ? incidents.flatMap((id) => [
        `incident  portcullis incidents show ${id} --stage ${stage}`,
        `undo      portcullis undo ${id} --stage ${stage} --reason "it was a test"`,
      ])
    : [`To see the outcome: portcullis incidents --stage ${stage}`]
