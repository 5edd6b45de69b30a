import { sanitize } from '../lib/text/sanitize.ts'
import type { Location } from './matcher.ts'

/** A place in a pattern as people write it: `detail.state[0]`. */
export function locationText(at: Location): string {
  const steps = at.map((step, index) =>
    typeof step === 'number' ? `[${step}]` : index > 0 ? `.${step}` : step,
  )
  return sanitize(steps.join(''), 200)
}
