import type { Plan } from '../../engine/plan.ts'
import { functionRoleName } from '../../engine/role-names.ts'
import type { Mode } from '../../engine/rule.ts'
import type { Change } from '../../engine/state.ts'
import type { AnyTarget } from '../../engine/target.ts'
import { reversed } from '../../responders/messages/format/plan-lines.ts'
import { type Evaluator, evaluateEvent, type TargetDecision } from './evaluate.ts'
import { functionNames } from './load-playbooks.ts'
import type { CallerIdentity } from './plan-live.ts'

/** What one rule would have a playbook do to one target, with its plan and permissions. */
export interface SimulatedStep extends TargetDecision {
  /** IAM actions that the playbook would use. */
  reads: string[]
  writes: string[]
  /** The role of the deployed function. */
  role: string
  plan: Pick<Plan, 'hash' | 'changes' | 'caveats' | 'undo'> | null
  /** Whether the containment can be undone. */
  undo: boolean
  /** What the release would change; null when it is not known, or the containment cannot be undone. */
  release: Change[] | null
  /** Why there is no plan. */
  unknown?: string
}

export interface Simulated {
  rules: string[]
  steps: SimulatedStep[]
  /** ARN of the identity that made the reads; null offline. */
  caller: string | null
  /** Ceiling of the deployed stage; null when it is not known. */
  ceiling: Mode | null
  /** The first error of the live reads. */
  failure?: unknown
}

interface SimulateSettings {
  prefix: string
  /** Make no calls to AWS. */
  offline: boolean
}

/** Everything that an event would set off, with the plan for each target from live reads. No writes. */
export async function simulate(
  event: object,
  it: Evaluator,
  { prefix, offline }: SimulateSettings,
): Promise<Simulated> {
  const first = evaluateEvent(event, it)
  const withoutReads = { rules: first.rules, caller: null, ceiling: null }
  if (offline || !first.decisions.some(isPlanned))
    return { ...withoutReads, steps: first.decisions.map((one) => stepOf(one, 'unknown without reads')) }

  const live = await import('./plan-live.ts')
  const caller = await live.callerIdentity()
  const functions = functionNames()
  const [{ playbook }] = first.decisions.filter(isPlanned) as [TargetDecision]
  const deployed = await live.deployedAs(prefix, playbook)
  const ceiling = (deployed?.PORTCULLIS_CEILING as Mode | undefined) ?? null
  const { decisions } = evaluateEvent(event, { ...it, ...(ceiling && { ceiling }) })
  const result: Simulated = { rules: first.rules, steps: [], caller: caller.arn, ceiling }
  for (const one of decisions) result.steps.push(await look(one))
  return result

  async function look(one: TargetDecision): Promise<SimulatedStep> {
    const playbook = it.playbooks.get(one.playbook)
    if (!isPlanned(one) || !playbook) return stepOf(one, one.why ?? 'nothing would be done')
    try {
      if (!playbook.home) assertSameAccount(one.target, caller)
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

  function stepOf(one: TargetDecision, unknown?: string): SimulatedStep {
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

const isPlanned = (one: TargetDecision): one is TargetDecision & { target: AnyTarget } =>
  one.target !== null && one.decision !== 'guarded' && one.decision !== 'none'

/** Throws when the target is in another account: the caller's credentials would read the wrong one. */
function assertSameAccount({ account }: AnyTarget, caller: CallerIdentity): void {
  if (account === caller.account) return
  const text = `the target is in account ${account}, but the credentials are for ${caller.account}`
  throw Object.assign(new Error(text), { name: 'AccessDenied' })
}
