import { windows } from '../rules/windows/index.ts'
import { count } from '../windows/count.ts'
import { emit } from './emit.ts'
import type { Facts } from './facts.ts'
import { park } from './park.ts'
import type { Broken } from './records.ts'
import type { Settings } from './settings.ts'
import { isWanted } from './wanted.ts'

/** What became of a batch, in numbers. */
export interface Sensed {
  facts: number
  emitted: number
  crossed: number
  broken: number
}

/**
 * Emits, counts, and parks at the very end: whatever fails before that comes again whole, and changes nothing the
 * second time.
 */
export async function settle({ facts, signals }: Facts, broken: Broken[], it: Settings): Promise<Sensed> {
  const news = signals.filter(isWanted)
  await emit(news, it.bus)
  const crossed = await count(windows, facts, { table: it.table, emit: (some) => emit(some, it.bus) })
  await park(broken, it.deadLetters)
  return { facts: facts.length, emitted: news.length, crossed: crossed.length, broken: broken.length }
}
