import type { Containment, Notice, RecordedCopy } from '../../engine/journal/record.ts'
import type { PlaybookCopy } from '../../engine/playbook.ts'
import { defang } from '../../lib/text/defang.ts'
import type { IncidentState } from './view/incident-view.ts'

/** The words of a containment's playbook: those that its record keeps, or plain ones for an older record. */
export const copyFor = ({ copy, playbook }: Pick<Containment, 'copy' | 'playbook'>): RecordedCopy =>
  copy ?? plainCopy(playbook)

/** One of the playbook's sentences about a target, given the target's name as it may stand in a message. */
export function sentenceOf(
  record: Pick<Containment, 'copy' | 'playbook'>,
  which: keyof PlaybookCopy,
  target: string,
): string {
  // A function, since a name may hold `$&`, which a replacement text would expand.
  return defang(copyFor(record)[which]).replaceAll('{target}', () => target)
}

const plainCopy = (playbook: string): RecordedCopy => ({
  title: playbook,
  action: `apply ${playbook} to {target}`,
  contained: `${playbook} holds {target}`,
  released: `${playbook} no longer holds {target}`,
  failed: `${playbook} may not hold {target}`,
  // Without it, an older record of a notification would be shown as a containment.
  ...(playbook === 'notify' && { tells: true }),
})

/** A state as people read it. Words before colours: every surface says it. */
export const stateWords: Record<IncidentState, string> = {
  'approval-needed': 'Approval needed',
  containing: 'Containing',
  contained: 'Contained',
  undone: 'Undone',
  ended: 'Ended',
  denied: 'Denied',
  expired: 'Expired',
  partial: 'Partial',
  failed: 'Failed',
  drifted: 'Drifted',
  observed: 'Observed',
}

/** What the lines of a plan are, in each state. */
export const lineWords: Record<IncidentState, string> = {
  'approval-needed': 'Approve will change',
  containing: 'Changing now',
  contained: 'Changed and checked',
  undone: 'Put back and checked',
  ended: 'Put back and checked',
  denied: 'Would have changed',
  expired: 'Would have changed',
  partial: 'Not done (✗) and done (✓)',
  failed: 'Not done (✗)',
  drifted: 'Changed by others since (✗) and still held (✓)',
  observed: 'Would change',
}

/** What a notice is about. */
export const noticeWords: Record<Notice['kind'], string> = {
  unreadable: 'An event could not be read',
  guarded: 'Left alone',
  trouble: 'Trouble',
  paused: 'Paused',
  resumed: 'Resumed',
}

/** The durations by which a containment can be extended in Slack and on the review page. */
export const durationWords = { '1h': '1 hour', '4h': '4 hours', '24h': '24 hours' }
