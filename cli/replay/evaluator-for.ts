import type { Mode } from '../../engine/rule.ts'
import { rules } from '../../rules/index.ts'
import { type Evaluator, evaluator } from './evaluate.ts'
import { functionNames, playbooksOf } from './load-playbooks.ts'
import { narrow, type ReplayFilter } from './narrow.ts'
import { oursOf } from './own-roles.ts'

/** How a stage would decide, as far as is told. */
export interface Deciding extends ReplayFilter {
  /** What the names of everything of the stage begin with. */
  prefix: string
  ceiling?: Mode
}

/** This project's rules, or some of them, ready to decide today. */
export async function evaluatorFor({ prefix, ceiling = 'contain', ...wanted }: Deciding): Promise<Evaluator> {
  const some = narrow(rules, wanted)
  return evaluator({
    rules: some,
    playbooks: await playbooksOf(some),
    ceiling,
    ours: oursOf(prefix, functionNames()),
    now: new Date(),
  })
}
