import type { Pattern } from '../pattern.ts'
import type { EventDefinition } from './definition.ts'
import type { ThresholdCrossed } from './signal.ts'
import { type SignalEvent, signalDetail, signalEnvelope, signalNames } from './signal-event.ts'

/** A limit of a threshold was reached. */
export type Crossed = SignalEvent<'Threshold Crossed', ThresholdCrossed>

/** A limit of this threshold was reached, as the stack reports on its own bus. */
export const thresholdCrossed = (threshold: string, detail: Pattern<ThresholdCrossed> = {}) =>
  ({
    source: ['portcullis'],
    'detail-type': ['Threshold Crossed'],
    detail: { threshold: [threshold], ...detail },
  }) as const

const key = '111122223333/role/nightly-batch'

/** What a rule is about is a threshold, reached by one principal: the threshold's own rule answers all others. */
export const thresholdCrossedEvent: EventDefinition<Crossed> = {
  sample: {
    ...signalEnvelope,
    resources: [],
    'detail-type': 'Threshold Crossed',
    detail: {
      ...signalDetail,
      policies: [],
      origin: 'portcullis',
      type: 'ThresholdCrossed',
      key,
      count: 100,
      limit: 100,
      windowSeconds: 3600,
    },
  },
  pattern: thresholdCrossed,
  asks: (threshold) => [threshold, { key: [key] }],
  about: ['inference-volume', 'inference-denied', 'unguarded-inference'],
  because: (threshold) => `A principal reached a limit of ${threshold}.`,
  attack: ['AML.T0034', 'LLM10'],
  subject: { finder: 'callerInSignal', from: 'find/signalled.ts', of: 'detail', part: 'name' },
  what: 'detail.threshold',
  fires: (threshold) => ({ detail: { threshold } }),
  not: {
    not: { detail: { threshold: 'end-user-attacks' } },
    'not-other-principal': { detail: { key: '111122223333/role/rag-indexer' } },
  },
  names: signalNames,
}
