import { parseCommand } from '../../engine/command.ts'
import { BadEvent, type Guarded } from '../../engine/errors.ts'
import { guardEvent, guardTarget, type Ours } from '../../engine/guard.ts'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import { type Event, lowerMode, type Mode, type Rule } from '../../engine/rule.ts'
import type { AnyTarget } from '../../engine/target.ts'
import { targetsOf } from '../../engine/targets.ts'
import { indexRules, type RuleIndex } from '../../matching/index-rules.ts'

/** The decision about one target, or about an event whose target could not be determined. */
export interface TargetDecision {
  rule: string
  playbook: string
  /** Null when the event was guarded or invalid before its target was determined. */
  target: AnyTarget | null
  /** The mode of the rule; `decision` also takes the ceiling into account. */
  mode: Mode
  decision: ReplayVerdict
  /** Why the decision differs from the mode of the rule. */
  why?: string
}

export const allVerdicts = ['contain', 'propose', 'observe', 'guarded', 'none'] as const
export type ReplayVerdict = (typeof allVerdicts)[number]

/** Rules, playbooks and settings, as the deployed functions have them. */
export interface Evaluator {
  rules: readonly Rule[]
  index: RuleIndex
  playbooks: ReadonlyMap<string, AnyPlaybook>
  ceiling: Mode
  /** The stage's own account and roles, for an event. */
  ours(event: Event): Ours
  /** The date for the expiry of exceptions. */
  now: Date
}

/** Makes an evaluator. Throws PatternError for a pattern that EventBridge rejects. */
export const evaluator = (it: Omit<Evaluator, 'index'>): Evaluator => ({ ...it, index: indexRules(it.rules) })

const outcomes = { observe: 'observe', approve: 'propose', contain: 'contain' } as const

/**
 * What would have been decided about an event, by the engine's own functions: rules, guards, targets, ceiling. Left out is
 * what depends on the account or the journal: tags, the budget, pauses, and present containments. Pure.
 */
export function evaluateEvent(
  event: unknown,
  it: Evaluator,
): { rules: string[]; decisions: TargetDecision[] } {
  const names = it.index.matching(event)
  if (names.length === 0) return { rules: names, decisions: [] }
  const matched = it.rules.filter(({ name }) => names.includes(name))
  return {
    rules: names,
    decisions: matched.flatMap((rule) =>
      Object.keys(rule.then).flatMap((playbook) => decisionsFor(event, rule, playbook, it)),
    ),
  }
}

function decisionsFor(input: unknown, rule: Rule, name: string, it: Evaluator): TargetDecision[] {
  const { mode } = rule
  const base = { rule: rule.name, playbook: name, target: null, mode }
  const playbook = it.playbooks.get(name)
  if (!playbook) return [{ ...base, decision: 'none', why: `There is no playbook ${name}.` }]
  try {
    const event = validEvent(rule.name, input)
    const ours = it.ours(event)
    const refusal = guardEvent(event, ours)
    if (refusal) return [{ ...base, ...guarded(refusal) }]
    const { targets } = targetsOf(playbook, rule, event)
    if (targets.length === 0)
      return [{ ...base, decision: 'none', why: 'The rule finds no target in this event.' }]
    return targets.map((target) => ({ ...base, target, ...outcomeFor(target, mode, ours, it) }))
  } catch (error) {
    if (!(error instanceof BadEvent)) throw error
    return [
      { ...base, decision: 'none', why: `Invalid, and would go to the dead-letter queue: ${error.message}` },
    ]
  }
}

function outcomeFor(
  target: AnyTarget,
  mode: Mode,
  ours: Ours,
  it: Evaluator,
): Pick<TargetDecision, 'decision' | 'why'> {
  const refusal = guardTarget(target, ours, it.now)
  if (refusal) return guarded(refusal)
  const allowed = lowerMode(mode, it.ceiling)
  return {
    decision: outcomes[allowed],
    ...(allowed !== mode && { why: `The stage's ceiling is ${it.ceiling}.` }),
  }
}

const guarded = ({ message }: Guarded): Pick<TargetDecision, 'decision' | 'why'> => ({
  decision: 'guarded',
  why: message,
})

function validEvent(rule: string, event: unknown): Event {
  const command = parseCommand({ rule, event })
  if ('rule' in command) return command.event
  throw new BadEvent({ path: 'event', found: event, problem: 'is not a valid event' })
}
