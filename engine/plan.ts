import { canonical, digest } from '../lib/canonical.ts'
import type { AnyPlaybook, Context } from './playbook.ts'
import { type Change, diff, type State } from './state.ts'
import { type AnyTarget, targetKey } from './target.ts'

/** What a containment would change, before anything is. */
export interface Plan {
  /** Names exactly this plan: consent is to it and to no other. */
  hash: string
  changes: Change[]
  /** What it cannot do, or what else it costs, in words. */
  caveats: string[]
  undo: boolean
  before: State
  after: State
}

// The hash is of the plan as it would be at this moment: the clock alone does not make a new plan.
const sameMoment = {
  at: '2000-01-01T00:00:00.000Z',
  containment: 'c-0000000000000000',
  incident: 'inc-00000000',
}

/** The plan for a target found in the state `before`. Pure. */
export function planOf(playbook: AnyPlaybook, target: AnyTarget, before: State, context: Context): Plan {
  const after: State = playbook.contain(before, context)
  const timeless: State = playbook.contain(before, { ...context, ...sameMoment })
  return {
    hash: digest(playbook.name, targetKey(target), canonical(before), canonical(timeless)),
    changes: diff(before, after),
    caveats: playbook.caveats?.(before) ?? [],
    undo: playbook.undo !== 'none',
    before,
    after,
  }
}

/** Names a containment: the same for every delivery of one event, another for the next event. */
export const containmentId = (playbook: string, target: AnyTarget, cause: string): string =>
  `c-${digest(playbook, targetKey(target), cause).slice(0, 16)}`
