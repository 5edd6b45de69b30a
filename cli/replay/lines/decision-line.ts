import type { AnyTarget } from '../../../engine/target.ts'
import type { Paint, Style } from '../../../lib/text/paint.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import { targetNameOf } from '../../../responders/messages/format/plan-lines.ts'
import type { TargetDecision } from '../evaluate.ts'

const verdictWords: Record<TargetDecision['decision'], [string, Style]> = {
  contain: ['would contain', 'good'],
  propose: ['would propose to contain', 'ask'],
  observe: ['would only observe', 'dim'],
  guarded: ['would be kept by a guard from', 'bad'],
  none: ['would do nothing', 'dim'],
}

/** The decision about one target: `quarantine-instance would contain i-0abc in 111122223333 us-east-1`. */
export function decisionLine({ playbook, target, decision, why }: TargetDecision, paint: Paint): string {
  const [said, style] = verdictWords[decision]
  const about = target ? placed(target) : decision === 'guarded' ? 'this event' : ''
  const reason = why ? `(${sanitize(why).replace(/\.$/, '')})` : ''
  return [sanitize(playbook, 60), paint(style, said), about, reason].filter(Boolean).join(' ')
}

/** A target with its account and Region. */
export const placed = (target: AnyTarget): string =>
  `${targetNameOf(target)} in ${sanitize(target.account, 20)} ${sanitize(target.region, 30)}`.trim()
