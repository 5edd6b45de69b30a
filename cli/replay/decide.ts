import { parseCommand } from '../../engine/command.ts'
import { BadEvent, type Guarded } from '../../engine/errors.ts'
import { guardEvent, guardTarget, type Ours } from '../../engine/guard.ts'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import { type Event, lowerMode, type Mode, type Rule } from '../../engine/rule.ts'
import type { AnyTarget } from '../../engine/target.ts'
import { targetsOf } from '../../engine/targets.ts'
import { type RuleIndex, indexRules } from '../../matching/index-rules.ts'

/** What would have been done about one target, or about an event of which nobody can say the target. */
export interface Judged {
  rule: string
  playbook: string
  /** Nothing where the event was held back, or was not understood, before a target was read from it. */
  target: AnyTarget | null
  /** The rule's own; the ceiling is in the decision. */
  mode: Mode
  decision: ReplayVerdict
  /** Why it is not what the rule's mode says. */
  why?: string
}

export const allVerdicts = ['contain', 'propose', 'observe', 'guarded', 'none'] as const
export type ReplayVerdict = (typeof allVerdicts)[number]

/** What decides: the same things as in the deployed functions. */
export interface Evaluator {
  rules: readonly Rule[]
  index: RuleIndex
  playbooks: ReadonlyMap<string, AnyPlaybook>
  ceiling: Mode
  /** Whose work is our own, by the account in which an event happened. */
  ours(event: Event): Ours
  /** The day by which exceptions hold. */
  now: Date
}

/** Rules ready to decide. Throws PatternError for a pattern that EventBridge refuses. */
export const evaluator = (it: Omit<Evaluator, 'index'>): Evaluator => ({ ...it, index: indexRules(it.rules) })

const outcomes = { observe: 'observe', approve: 'propose', contain: 'contain' } as const

/**
 * What would have been done about an event, by the engine's own functions: rules, guards, targets, ceiling. What only
 * a look at the account or the journal can tell is not in it: tags, the budget, pauses, what is contained already. Pure.
 */
export function evaluate(event: unknown, it: Evaluator): { rules: string[]; decisions: Judged[] } {
  const names = it.index.matching(event)
  if (names.length === 0) return { rules: names, decisions: [] }
  const matched = it.rules.filter(({ name }) => names.includes(name))
  return {
    rules: names,
    decisions: matched.flatMap((rule) =>
      Object.keys(rule.then).flatMap((playbook) => judge(event, rule, playbook, it)),
    ),
  }
}

function judge(input: unknown, rule: Rule, name: string, it: Evaluator): Judged[] {
  const { mode } = rule
  const said = { rule: rule.name, playbook: name, target: null, mode }
  const playbook = it.playbooks.get(name)
  if (!playbook) return [{ ...said, decision: 'none', why: `There is no playbook ${name}.` }]
  try {
    const event = understood(rule.name, input)
    const ours = it.ours(event)
    const refusal = guardEvent(event, ours)
    if (refusal) return [{ ...said, ...held(refusal) }]
    const { targets } = targetsOf(playbook, rule, event)
    if (targets.length === 0)
      return [{ ...said, decision: 'none', why: 'The rule finds no target in this event.' }]
    return targets.map((target) => ({ ...said, target, ...outcomeFor(target, mode, ours, it) }))
  } catch (error) {
    if (!(error instanceof BadEvent)) throw error
    return [{ ...said, decision: 'none', why: `Not understood, and would be parked: ${error.message}` }]
  }
}

function outcomeFor(
  target: AnyTarget,
  mode: Mode,
  ours: Ours,
  it: Evaluator,
): Pick<Judged, 'decision' | 'why'> {
  const refusal = guardTarget(target, ours, it.now)
  if (refusal) return held(refusal)
  const allowed = lowerMode(mode, it.ceiling)
  return {
    decision: outcomes[allowed],
    ...(allowed !== mode && { why: `The stage's ceiling is ${it.ceiling}.` }),
  }
}

const held = ({ message }: Guarded): Pick<Judged, 'decision' | 'why'> => ({
  decision: 'guarded',
  why: message,
})

function understood(rule: string, event: unknown): Event {
  const command = parseCommand({ rule, event })
  if ('rule' in command) return command.event
  throw new BadEvent({ path: 'event', found: event, problem: 'is no event' })
}
