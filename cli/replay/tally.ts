import { type AnyTarget, targetKey } from '../../engine/target.ts'
import { allVerdicts, type ReplayVerdict, type TargetDecision } from './evaluate.ts'

/** The summary of a replay. */
export interface ReplaySummary {
  records: number
  /** Records that at least one rule matched. */
  matched: number
  unreadable: number
  byRule: Record<string, RuleTally>
  byDecision: Record<ReplayVerdict, number>
  /** Distinct targets, whatever was decided. */
  targets: number
  seconds: number
  recordsPerSecond: number
}

export interface RuleTally {
  /** Events that the rule matched. */
  fires: number
  /** Distinct targets of the rule. */
  targets: number
  /** Those of them that would have been contained or proposed. */
  protected: number
  /** Decisions skipped by a guard. */
  guarded: number
  /** Decisions for which the same playbook had been called for the same target before. */
  repeats: number
}

/** Bounds the memory of a replay: further targets count as new ones. */
const maxTargets = 100_000

/** Counts the decisions of a replay, in any order. */
export function tallyReplay() {
  const byRule = new Map<string, RuleTally>()
  const byDecision = Object.fromEntries(allVerdicts.map((one) => [one, 0])) as Record<ReplayVerdict, number>
  const seen = new Set<string>()
  const begun = performance.now()
  const counts = { records: 0, matched: 0, unreadable: 0, targets: 0 }

  return {
    unreadable(): void {
      counts.records++
      counts.unreadable++
    },
    add(rules: readonly string[], decisions: readonly TargetDecision[]): void {
      counts.records++
      if (rules.length === 0) return
      counts.matched++
      for (const rule of rules) of(rule).fires++
      for (const one of decisions) count(one)
    },
    records: (): number => counts.records,
    summary(): ReplaySummary {
      const seconds = (performance.now() - begun) / 1000
      const sorted = [...byRule].sort(([a], [b]) => (a < b ? -1 : 1))
      return {
        ...counts,
        byRule: Object.fromEntries(sorted),
        byDecision,
        seconds: Math.round(seconds * 1000) / 1000,
        recordsPerSecond: Math.round(counts.records / Math.max(seconds, 0.001)),
      }
    },
  }

  function count({ rule, playbook, target, decision }: TargetDecision): void {
    byDecision[decision]++
    const it = of(rule)
    if (decision === 'guarded') it.guarded++
    if (!target) return
    if (isNew('', target)) counts.targets++
    if (isNew(rule, target)) {
      it.targets++
      if (decision === 'contain' || decision === 'propose') it.protected++
    }
    if (!isNew(`${rule}/${playbook}`, target)) it.repeats++
  }

  function of(rule: string): RuleTally {
    const known = byRule.get(rule) ?? { fires: 0, targets: 0, protected: 0, guarded: 0, repeats: 0 }
    byRule.set(rule, known)
    return known
  }

  function isNew(what: string, target: AnyTarget): boolean {
    const key = `${what}|${targetKey(target)}`
    if (seen.has(key)) return false
    if (seen.size < maxTargets) seen.add(key)
    return true
  }
}
