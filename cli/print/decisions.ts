import type { AnyTarget } from '../../engine/target.ts'
import type { Paint, Style } from '../../lib/text/paint.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { targetNameOf } from '../../responders/messages/format/plan-lines.ts'
import type { Judged } from '../replay/decide.ts'

const words: Record<Judged['decision'], [string, Style]> = {
  contain: ['would contain', 'good'],
  propose: ['would propose to contain', 'ask'],
  observe: ['would only observe', 'dim'],
  guarded: ['would be held back from', 'bad'],
  none: ['would do nothing', 'dim'],
}

/** What would be done about one target: `quarantine-instance would contain i-0abc in 111122223333 us-east-1`. */
export function decisionLine({ playbook, target, decision, why }: Judged, paint: Paint): string {
  const [said, style] = words[decision]
  const about = target ? placed(target) : decision === 'guarded' ? 'this event' : ''
  const reason = why ? `(${sanitize(why).replace(/\.$/, '')})` : ''
  return [sanitize(playbook, 60), paint(style, said), about, reason].filter(Boolean).join(' ')
}

/** A target with where it is. */
export const placed = (target: AnyTarget): string =>
  `${targetNameOf(target)} in ${sanitize(target.account, 20)} ${sanitize(target.region, 30)}`.trim()
