import { sanitize } from '../../../lib/text/sanitize.ts'
import { isLoopback } from '../stage/stage-place.ts'
import type { BoundAttack } from './scenarios.ts'
import type { SentCommand } from './send-attack.ts'

/** What the attack is about, before it is sent. */
export const targetLines = ({ expect }: BoundAttack): string[] =>
  expect.flatMap(({ playbook, target = {} }) =>
    playbook ? [`  ${playbook}  ${sanitize(Object.values(target).join(' '), 200)}`] : [],
  )

/** What that will mean on this stage. */
export const wordsOn = (stage: string, ceiling: string): string[] => [
  ceiling === 'contain'
    ? `The ceiling of stage ${stage} is contain: this is really done to them, and has to be undone or ends by itself.`
    : `The ceiling of stage ${stage} is ${ceiling}: nothing is changed${ceiling === 'approve' ? ' before somebody approves it' : ''}.`,
  isLoopback()
    ? 'Through the bus of the emulators.'
    : 'Straight to the playbooks: AWS takes events of its services from nobody else.',
]

/** What was sent, and what was answered at once. */
export const sentLines = (sent: SentCommand[]): string[] =>
  sent.flatMap(({ id, what, rules, outcomes }) => [
    `${id}  ${what} → ${rules.join(', ') || 'no rule'}`,
    ...outcomes.map(
      ({ playbook, status, why }) => `  ${playbook}: ${status}${why ? ` (${sanitize(why, 200)})` : ''}`,
    ),
  ])

/** Where to look, and how to take it back. */
export const nextLines = (incidents: string[], stage: string): string[] =>
  incidents.length > 0
    ? incidents.flatMap((id) => [
        `incident  portcullis incidents show ${id} --stage ${stage}`,
        `undo      portcullis undo ${id} --stage ${stage} --reason "it was a test"`,
      ])
    : [`what comes of it: portcullis incidents --stage ${stage}`]
