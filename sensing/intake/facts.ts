import type { Fact } from '../../rules/events/fact.ts'
import type { Signal } from '../../rules/events/signal.ts'
import { fieldsOf } from '../signals/fields.ts'
import { signalsOf } from '../signals/read.ts'
import { callOf } from './call.ts'

/** What a record says. */
export interface Facts {
  /** Is counted. */
  facts: Fact[]
  /** May go on the bus: what the stack itself read, and not what came from there. */
  signals: Signal[]
}

/** What a record of any source says; nothing if it speaks of other things. Throws `BadEvent` for what cannot be read. */
export function factsOf(record: unknown): Facts {
  const signals = signalsOf(record)
  const { source = '', detail } = fieldsOf(record)
  if (String(source).startsWith('portcullis')) return { facts: signals, signals: [] }
  const call =
    signals.length === 0 && String(source).startsWith('aws.') ? callOf(fieldsOf(detail)) : undefined
  return { facts: call ? [call] : signals, signals: signals.filter(({ origin }) => origin !== 'application') }
}

/** All that several records say. */
export const together = (all: readonly Facts[]): Facts => ({
  facts: all.flatMap(({ facts }) => facts),
  signals: all.flatMap(({ signals }) => signals),
})
