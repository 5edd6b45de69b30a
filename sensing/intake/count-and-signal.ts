import { thresholds } from '../../rules/thresholds.ts'
import { countFacts } from '../thresholds/count.ts'
import { deadLetterRecords } from './dead-letter-records.ts'
import { emit } from './emit.ts'
import type { ExtractedFacts } from './facts.ts'
import { isSubscribed } from './is-subscribed.ts'
import type { BrokenRecord } from './records.ts'
import type { IntakeSettings } from './settings.ts'

export interface IntakeCounts {
  facts: number
  emitted: number
  crossed: number
  broken: number
}

/**
 * Emits, counts, and dead-letters last: if an earlier step fails, the whole batch is delivered again, and repeating it
 * changes nothing.
 */
export async function countAndSignal(
  { facts, signals }: ExtractedFacts,
  broken: BrokenRecord[],
  settings: IntakeSettings,
): Promise<IntakeCounts> {
  const emitted = signals.filter(isSubscribed)
  await emit(emitted, settings.bus)
  const crossed = await countFacts(thresholds, facts, {
    table: settings.table,
    emit: (some) => emit(some, settings.bus),
  })
  await deadLetterRecords(broken, settings.deadLetters)
  return { facts: facts.length, emitted: emitted.length, crossed: crossed.length, broken: broken.length }
}
