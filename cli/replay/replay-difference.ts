import { type AnyTarget, targetKey } from '../../engine/target.ts'
import type { Judged, ReplayVerdict } from './evaluate.ts'

/** A target about which two sets of rules do not decide the same. */
export interface Differing {
  rule: string
  playbook: string
  target: AnyTarget | null
  /** Nothing where the rule did not call the playbook for it. */
  before: ReplayVerdict | null
  now: ReplayVerdict | null
}

export interface ReplayDifference {
  /** Rules that match more or fewer events, by their names. */
  fires: Record<string, { before: number; now: number }>
  targets: Differing[]
  /** Whether there were more targets than are told apart. */
  incomplete: boolean
}

const mostTargets = 100_000

/** Compares what two sets of rules decide about the same events, in whatever order they come. */
export function differences() {
  const fires = new Map<string, { before: number; now: number }>()
  const targets = new Map<string, Differing>()
  let incomplete = false

  return {
    add(side: 'before' | 'now', { rules, decisions }: { rules: string[]; decisions: Judged[] }): void {
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

  function note(side: 'before' | 'now', { rule, playbook, target, decision }: Judged): void {
    // An event that is not understood is about no target.
    if (decision === 'none') return
    const key = `${rule}|${playbook}|${target ? targetKey(target) : decision}`
    const known = targets.get(key) ?? { rule, playbook, target, before: null, now: null }
    known[side] = decision
    if (!targets.has(key) && targets.size >= mostTargets) incomplete = true
    else targets.set(key, known)
  }
}
