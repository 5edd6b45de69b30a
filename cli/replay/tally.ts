import { type AnyTarget, targetKey } from '../../engine/target.ts'
import { allVerdicts, type Judged, type ReplayVerdict } from './evaluate.ts'

/** What a replay came to. */
export interface ReplaySummary {
  records: number
  /** Records that at least one rule matched. */
  matched: number
  unreadable: number
  byRule: Record<string, RuleTally>
  byDecision: Record<ReplayVerdict, number>
  /** Different targets, whatever was decided. */
  targets: number
  seconds: number
  recordsPerSecond: number
}

export interface RuleTally {
  /** Events that it matched. */
  fires: number
  /** Different targets that it named. */
  targets: number
  /** Of these, the ones that would have been contained or proposed. */
  protected: number
  /** Decisions that a guard held back. */
  guarded: number
  /** Decisions about a target that the same playbook had been called for already. */
  repeats: number
}

/** So many targets are told apart; what comes after counts as new. It bounds what a replay remembers. */
const mostTargets = 100_000

/** Counts what a replay decides. The order in which it is told makes no difference. */
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
    add(rules: readonly string[], judged: readonly Judged[]): void {
      counts.records++
      if (rules.length === 0) return
      counts.matched++
      for (const rule of rules) of(rule).fires++
      for (const one of judged) count(one)
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

  function count({ rule, playbook, target, decision }: Judged): void {
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
    if (seen.size < mostTargets) seen.add(key)
    return true
  }
}
