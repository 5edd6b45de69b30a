import type { Event, Rule } from '../../engine/rule.ts'
import { targetsOf } from '../../engine/targets.ts'
import { type Explanation, explain } from '../../matching/explain.ts'
import { type Evaluator, evaluateEvent, type TargetDecision } from './evaluate.ts'

/** Whether a rule matches an event, why or why not, and what would be decided. */
export interface Explained extends Explanation {
  rule: Rule
  /** The subject of the incident, for a rule that matches. */
  subject?: string
  decisions: TargetDecision[]
}

/** Explains every rule for one event, in the order of the rules. Pure. */
export const explained = (event: object, it: Evaluator): Explained[] => {
  const { decisions } = evaluateEvent(event, it)
  return it.rules.map((rule) => {
    const own = decisions.filter((one) => one.rule === rule.name)
    const subject = own.length > 0 ? subjectOf(rule, event as Event, it) : undefined
    return { ...explain(rule.when, event), rule, decisions: own, ...(subject && { subject }) }
  })
}

function subjectOf(rule: Rule, event: Event, { playbooks }: Evaluator): string | undefined {
  const [first] = Object.keys(rule.then).flatMap((name) => playbooks.get(name) ?? [])
  try {
    return first && targetsOf(first, rule, event).subject
  } catch {
    // The decisions say why the event is invalid.
    return undefined
  }
}
