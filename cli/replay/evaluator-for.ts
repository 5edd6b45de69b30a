import type { Mode } from '../../engine/rule.ts'
import { rules } from '../../rules/index.ts'
import { type Evaluator, evaluator } from './evaluate.ts'
import { functionNames, playbooksOf } from './load-playbooks.ts'
import { narrow, type ReplayFilter } from './narrow.ts'
import { oursOf } from './own-roles.ts'

/** The settings of a stage that its decisions depend on. */
export interface StageSettings extends ReplayFilter {
  /** Prefix of the names of all resources of the stage. */
  prefix: string
  ceiling?: Mode
}

/** An evaluator for the rules of this project, or some of them, as of today. */
export async function evaluatorFor({
  prefix,
  ceiling = 'contain',
  ...wanted
}: StageSettings): Promise<Evaluator> {
  const some = narrow(rules, wanted)
  return evaluator({
    rules: some,
    playbooks: await playbooksOf(some),
    ceiling,
    ours: oursOf(prefix, functionNames()),
    now: new Date(),
  })
}
