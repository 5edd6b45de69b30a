import { thresholds } from '../../rules/thresholds.ts'
import { count } from '../thresholds/count.ts'
import { emit } from './emit.ts'
import type { Facts } from './facts.ts'
import { isSubscribed } from './is-subscribed.ts'
import { deadLetterRecord } from './park.ts'
import type { BrokenRecord } from './records.ts'
import type { IntakeSettings } from './settings.ts'

/** What became of a batch, in numbers. */
export interface Counted {
  facts: number
  emitted: number
  crossed: number
  broken: number
}

/**
 * Emits, counts, and parks at the very end: whatever fails before that comes again whole, and changes nothing the
 * second time.
 */
export async function countAndSignal(
  { facts, signals }: Facts,
  broken: BrokenRecord[],
  settings: IntakeSettings,
): Promise<Counted> {
  const news = signals.filter(isSubscribed)
  await emit(news, settings.bus)
  const crossed = await count(thresholds, facts, {
    table: settings.table,
    emit: (some) => emit(some, settings.bus),
  })
  await deadLetterRecord(broken, settings.deadLetters)
  return { facts: facts.length, emitted: news.length, crossed: crossed.length, broken: broken.length }
}
