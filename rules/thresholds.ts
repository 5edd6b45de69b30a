import { rules } from './index.ts'
import type { Threshold } from './threshold.ts'

/** Every threshold that a rule reads, each once: what sensing counts. */
export const thresholds: readonly Threshold[] = [...new Set(rules.flatMap((rule) => rule.thresholds))]
