import type { Pattern } from '../pattern.ts'
import type { EventDefinition } from './definition.ts'
import type { ThresholdCrossed } from './signal.ts'
import { type SignalEvent, signalDetail, signalEnvelope, signalNames } from './signal-event.ts'

/** A limit of a threshold was reached. */
export type ThresholdCrossedEvent = SignalEvent<'Threshold Crossed', ThresholdCrossed>

/** A limit of this threshold was reached. A rule that owns a threshold uses `threshold` of rules/threshold.ts instead. */
export const thresholdCrossed = (threshold: string, detail: Pattern<ThresholdCrossed> = {}) =>
  ({
    source: ['portcullis'],
    'detail-type': ['Threshold Crossed'],
    detail: { threshold: [threshold], ...detail },
  }) as const

const thresholdOf = (call: string) => `threshold({
  facts: ['Call'],
  by: principalKeyOf,
  measure: { count: ({ name }) => Number(name === '${call}') },
  unit: 'calls',
  within: '10m',
  limits: [10],
})`

/** What a rule is about is a call that it counts by principal: one of rules/find/monitored-calls.ts. */
export const thresholdCrossedEvent: EventDefinition<ThresholdCrossedEvent> = {
  sample: {
    ...signalEnvelope,
    resources: [],
    'detail-type': 'Threshold Crossed',
    detail: {
      ...signalDetail,
      policies: [],
      origin: 'portcullis',
      type: 'ThresholdCrossed',
      key: '111122223333/role/rag-indexer',
      count: 10,
      limit: 10,
      windowSeconds: 600,
    },
  },
  pattern: thresholdCrossed,
  asks: (_, rule) => [rule],
  when: {
    source: thresholdOf,
    imports: { 'threshold.ts': ['threshold'], 'find/caller-keys.ts': ['principalKeyOf'] },
  },
  about: ['ListFoundationModels', 'GetFoundationModelAvailability', 'GetUseCaseForModelAccess'],
  because: (call) => `A principal called ${call} 10 times in 10 minutes.`,
  threats: ['THREAT-06'],
  attack: ['T1526', 'LLM10'],
  subject: { finder: 'callerInSignal', from: 'find/signal-targets.ts', of: 'detail', part: 'name' },
  what: 'detail.threshold',
  fires: (_, rule) => ({ detail: { threshold: rule } }),
  not: { not: { detail: { threshold: 'end-user-attacks' } } },
  names: signalNames,
}
