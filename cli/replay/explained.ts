import type { Event, Rule } from '../../engine/rule.ts'
import { targetsOf } from '../../engine/targets.ts'
import { type Explanation, explain } from '../../matching/explain.ts'
import { type Evaluator, evaluate, type Judged } from './evaluate.ts'

/** A rule against an event: why it matched or not, and what would follow. */
export interface Explained extends Explanation {
  rule: Rule
  /** Of a rule that matched and understood the event: who or what the incident is about. */
  subject?: string
  decisions: Judged[]
}

/** Every rule against one event, in the order of the rules. Pure. */
export const explained = (event: object, it: Evaluator): Explained[] => {
  const { decisions } = evaluate(event, it)
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
    // Why it was not understood is in the decisions.
    return undefined
  }
}
