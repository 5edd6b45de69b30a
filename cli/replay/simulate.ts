import type { Plan } from '../../engine/plan.ts'
import { functionRoleName } from '../../engine/role-names.ts'
import type { Mode } from '../../engine/rule.ts'
import type { Change } from '../../engine/state.ts'
import type { AnyTarget } from '../../engine/target.ts'
import { reversed } from '../../responders/messages/plan.ts'
import { type Evaluator, evaluate, type Judged } from './decide.ts'
import type { CallerIdentity } from './live.ts'
import { functionNames } from './load.ts'

/** What one rule would have a playbook do to one target. */
export interface SimulatedStep extends Judged {
  /** IAM actions that the playbook would use. */
  reads: string[]
  writes: string[]
  /** The role with which the deployed function does it. */
  role: string
  plan: Pick<Plan, 'hash' | 'changes' | 'caveats' | 'undo'> | null
  /** Whether the release puts anything back. */
  undo: boolean
  /** What the release would change; nothing where it is not known, or what was done stays. */
  release: Change[] | null
  /** Why there is no plan. */
  unknown?: string
}

export interface Simulated {
  rules: string[]
  steps: SimulatedStep[]
  /** Whose credentials looked; nothing offline. */
  caller: string | null
  /** Of the deployed stage; nothing where it is not known. */
  ceiling: Mode | null
  /** What was thrown while looking, the first of it. */
  failure?: unknown
}

interface Way {
  prefix: string
  /** Nothing is asked. */
  offline: boolean
}

/** Everything that an event would set off, with the plan for each target as its account is now. No writes. */
export async function simulate(event: object, it: Evaluator, { prefix, offline }: Way): Promise<Simulated> {
  const first = evaluate(event, it)
  const unasked = { rules: first.rules, caller: null, ceiling: null }
  if (offline || !first.decisions.some(isPlanned))
    return { ...unasked, steps: first.decisions.map((one) => stepOf(one, 'unknown without reads')) }

  const live = await import('./live.ts')
  const caller = await live.callerIdentity()
  const functions = functionNames()
  const [{ playbook }] = first.decisions.filter(isPlanned) as [Judged]
  const deployed = await live.deployedAs(prefix, playbook)
  const ceiling = (deployed?.PORTCULLIS_CEILING as Mode | undefined) ?? null
  const { decisions } = evaluate(event, { ...it, ...(ceiling && { ceiling }) })
  const result: Simulated = { rules: first.rules, steps: [], caller: caller.arn, ceiling }
  for (const one of decisions) result.steps.push(await look(one))
  return result

  async function look(one: Judged): Promise<SimulatedStep> {
    const playbook = it.playbooks.get(one.playbook)
    if (!isPlanned(one) || !playbook) return stepOf(one, one.why ?? 'nothing would be done')
    try {
      if (!playbook.home) atHome(one.target, caller)
      const environment = live.environmentOfFunction(prefix, one.playbook, caller, functions)
      const outcome = await live.planLive(playbook, one.target, { ...environment, ...deployed }, caller)
      const { plan, why } = outcome
      if (!plan) return { ...stepOf(one, why ?? 'unknown'), decision: 'guarded', ...(why && { why }) }
      return { ...stepOf(one), plan, release: plan.undo ? reversed(plan.changes) : null }
    } catch (error) {
      result.failure ??= error
      return stepOf(one, error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    }
  }

  function stepOf(one: Judged, unknown?: string): SimulatedStep {
    const { reads = {}, writes = {}, undo } = it.playbooks.get(one.playbook) ?? {}
    return {
      ...one,
      role: functionRoleName(prefix, one.playbook),
      reads: Object.keys(reads).sort(),
      writes: Object.keys(writes).sort(),
      plan: null,
      undo: undo !== 'none',
      release: null,
      ...(unknown !== undefined && { unknown }),
    }
  }
}

const isPlanned = (one: Judged): one is Judged & { target: AnyTarget } =>
  one.target !== null && one.decision !== 'guarded' && one.decision !== 'none'

/** The caller's credentials read in the caller's account, whatever a target says. */
function atHome({ account }: AnyTarget, caller: CallerIdentity): void {
  if (account === caller.account) return
  const text = `the target is in account ${account}, and these credentials are of ${caller.account}`
  throw Object.assign(new Error(text), { name: 'AccessDenied' })
}
