import type { Mode } from '../engine/rule.ts'
import { rules } from '../rules/index.ts'
import { type Court, court } from './decide.ts'
import { functionNames, playbooksOf } from './load.ts'
import { narrow, type Wanted } from './narrow.ts'
import { oursOf } from './ours.ts'

/** How a stage would decide, as far as is told. */
export interface Deciding extends Wanted {
  /** What the names of everything of the stage begin with. */
  prefix: string
  ceiling?: Mode
}

/** This project's rules, or some of them, ready to decide today. */
export async function courtFor({ prefix, ceiling = 'contain', ...wanted }: Deciding): Promise<Court> {
  const some = narrow(rules, wanted)
  return court({
    rules: some,
    playbooks: await playbooksOf(some),
    ceiling,
    ours: oursOf(prefix, functionNames()),
    now: new Date(),
  })
}
