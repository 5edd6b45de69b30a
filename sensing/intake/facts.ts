import type { Fact } from '../../rules/events/fact.ts'
import type { Signal } from '../../rules/events/signal.ts'
import { asFields } from '../signals/fields.ts'
import { signalsOf } from '../signals/read.ts'
import { callOf } from './call.ts'

export interface ExtractedFacts {
  /** To be counted. */
  facts: Fact[]
  /** To be emitted: read by the stack itself, not received from its bus. */
  signals: Signal[]
}

/** The facts in a record of any source; none for records about other things. Throws `BadEvent` for an unreadable record. */
export function factsOf(record: unknown): ExtractedFacts {
  const signals = signalsOf(record)
  const { source = '', detail } = asFields(record)
  if (String(source).startsWith('portcullis')) return { facts: signals, signals: [] }
  const call =
    signals.length === 0 && String(source).startsWith('aws.') ? callOf(asFields(detail)) : undefined
  return { facts: call ? [call] : signals, signals: signals.filter(({ origin }) => origin !== 'application') }
}

export const mergeFacts = (all: readonly ExtractedFacts[]): ExtractedFacts => ({
  facts: all.flatMap(({ facts }) => facts),
  signals: all.flatMap(({ signals }) => signals),
})
