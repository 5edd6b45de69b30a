import { type AnyTarget, targetKey } from '../../engine/target.ts'
import type { ReplayVerdict, TargetDecision } from './evaluate.ts'

/** A target for which two sets of rules decide differently. */
export interface DifferingTarget {
  rule: string
  playbook: string
  target: AnyTarget | null
  /** Null when the rule did not call the playbook for it. */
  before: ReplayVerdict | null
  now: ReplayVerdict | null
}

export interface ReplayDifference {
  /** Rules that match more or fewer events, by name. */
  fires: Record<string, { before: number; now: number }>
  targets: DifferingTarget[]
  /** Whether there were more than `maxTargets` targets, so that some are missing. */
  incomplete: boolean
}

const maxTargets = 100_000

/** Compares what two sets of rules decide about the same events, which may come in any order. */
export function differences() {
  const fires = new Map<string, { before: number; now: number }>()
  const targets = new Map<string, DifferingTarget>()
  let incomplete = false

  return {
    add(
      side: 'before' | 'now',
      { rules, decisions }: { rules: string[]; decisions: TargetDecision[] },
    ): void {
      for (const rule of rules) {
        const count = fires.get(rule) ?? { before: 0, now: 0 }
        count[side]++
        fires.set(rule, count)
      }
      for (const one of decisions) note(side, one)
    },
    result: (): ReplayDifference => ({
      fires: Object.fromEntries(
        [...fires].filter(([, { before, now }]) => before !== now).sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
      targets: [...targets]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, one]) => one)
        .filter(({ before, now }) => before !== now),
      incomplete,
    }),
  }

  function note(side: 'before' | 'now', { rule, playbook, target, decision }: TargetDecision): void {
    // An invalid event has no target.
    if (decision === 'none') return
    const key = `${rule}|${playbook}|${target ? targetKey(target) : decision}`
    const known = targets.get(key) ?? { rule, playbook, target, before: null, now: null }
    known[side] = decision
    if (!targets.has(key) && targets.size >= maxTargets) incomplete = true
    else targets.set(key, known)
  }
}
