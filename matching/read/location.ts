import { sanitize } from '../../lib/text/sanitize.ts'
import type { PatternLocation } from '../matcher.ts'

/** A place in a pattern in readable form: `detail.state[0]`. */
export function locationText(at: PatternLocation): string {
  const steps = at.map((step, index) =>
    typeof step === 'number' ? `[${step}]` : index > 0 ? `.${step}` : step,
  )
  return sanitize(steps.join(''), 200)
}
