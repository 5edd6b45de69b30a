import { canonical, digest } from '../lib/canonical.ts'
import type { AnyPlaybook, Context } from './playbook.ts'
import { type Change, diff, type State } from './state.ts'
import { type AnyTarget, targetKey } from './target.ts'

/** What a containment would change. */
export interface Plan {
  /** Identifies exactly this plan: an approval is for one hash. */
  hash: string
  changes: Change[]
  /** What it cannot do and which side effects it has. */
  caveats: string[]
  undo: boolean
  before: State
  after: State
}

// The hash is made with a fixed context: the passing of time alone does not make a new plan.
const fixedContext = {
  at: '2000-01-01T00:00:00.000Z',
  containment: 'c-0000000000000000',
  incident: 'inc-00000000',
}

/** The plan for a target in the state `before`. Pure. */
export function planOf(playbook: AnyPlaybook, target: AnyTarget, before: State, context: Context): Plan {
  const after: State = playbook.contain(before, context)
  const timeless: State = playbook.contain(before, { ...context, ...fixedContext })
  return {
    hash: digest(playbook.name, targetKey(target), canonical(before), canonical(timeless)),
    changes: diff(before, after),
    caveats: playbook.caveats?.(before) ?? [],
    undo: playbook.undo !== 'none',
    before,
    after,
  }
}

/** The ID of a containment: the same for every delivery of one event, and another for the next event. */
export const containmentId = (playbook: string, target: AnyTarget, cause: string): string =>
  `c-${digest(playbook, targetKey(target), cause).slice(0, 16)}`
