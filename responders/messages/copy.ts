import type { Containment, Notice, RecordedCopy } from '../../engine/journal/record.ts'
import type { PlaybookCopy } from '../../engine/playbook.ts'
import { defang } from '../../lib/text/defang.ts'
import { durationWords } from '../../lib/text/duration-words.ts'
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

/** A state as people read it. Every surface shows the word, not only a colour. */
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

/** The heading of a plan's lines, for each state. */
export const lineWords: Record<IncidentState, string> = {
  'approval-needed': 'Approval will change',
  containing: 'Changing now',
  contained: 'Changed and verified',
  undone: 'Reverted and verified',
  ended: 'Reverted and verified',
  denied: 'Would have changed',
  expired: 'Would have changed',
  partial: 'Not done (✗) and done (✓)',
  failed: 'Not done (✗)',
  drifted: 'Changed by others (✗) and still contained (✓)',
  observed: 'Would change',
}

/** The title of a notice. */
export const noticeWords: Record<Notice['kind'], string> = {
  unreadable: 'Unreadable event',
  guarded: 'Skipped by a guard',
  trouble: 'Processing error',
  paused: 'Paused',
  resumed: 'Resumed',
}

/** The durations by which a containment can be extended in Slack and on the review page. */
export const durationChoices = Object.fromEntries(
  (['1h', '4h', '24h'] as const).map((duration) => [duration, durationWords(duration)]),
)
