import { current, isLive } from '../../../engine/journal/journal.ts'
import { contextOf } from '../../../engine/journal/record.ts'
import { planOf } from '../../../engine/plan.ts'
import type { AnyPlaybook } from '../../../engine/playbook.ts'
import { respond } from '../../../engine/respond.ts'
import type { Event } from '../../../engine/rule.ts'
import { readSettings } from '../../../engine/settings.ts'
import type { AnyTarget } from '../../../engine/target.ts'
import { handler as announce } from '../../../functions/announce.ts'
import { rules } from '../../../rules/index.ts'
import { evaluateEvent, evaluator, type TargetDecision } from '../../replay/evaluate.ts'
import { explained } from '../../replay/explained.ts'
import { playbooksOf } from '../../replay/load-playbooks.ts'
import type { Planned, VersionAsked, VersionCall } from './protocol.ts'

/** The calls that a version of the project answers. */
export type VersionDoor = { [N in VersionCall]: (input: VersionAsked[N][0]) => Promise<VersionAsked[N][1]> }

/** A rule that fails on one of these fields is for another type of event. */
const kinds = ['source', 'detail-type']

/** Loads the rules and playbooks that are on disk now, behind the same entry points as the deployed functions. */
export async function openVersionDoor(): Promise<VersionDoor> {
  const it = readSettings()
  const playbooks = await playbooksOf(rules)
  const rulesNow = evaluator({ rules, playbooks, ceiling: it.ceiling, ours: () => it, now: new Date() })

  return {
    async match(event) {
      const names = rulesNow.index.matching(event)
      const found = rules.filter(({ name }) => names.includes(name))
      return {
        rules: found.map(({ name, because, then }) => ({ name, because, playbooks: Object.keys(then) })),
        of: rules.length,
      }
    },

    plan: (event) => Promise.all(evaluateEvent(event, rulesNow).decisions.map((one) => planned(one, event))),

    async why(event) {
      return explained(event, rulesNow)
        .filter(({ matched }) => !matched)
        .map(({ rule, sentence, failed }) => ({
          rule: rule.name,
          sentence,
          near: !kinds.includes(failed?.path ?? ''),
        }))
    },

    send: ({ playbook, command }) => respond(named(playbook), rules)(command),

    async announce(records) {
      const { batchItemFailures } = await announce({ Records: records })
      if (batchItemFailures.length > 0) throw new Error('Some notifications could not be sent.')
      return undefined
    },
  }

  function named(name: string): AnyPlaybook {
    const playbook = playbooks.get(name)
    if (!playbook) throw new Error(`There is no playbook ${name}.`)
    return playbook
  }

  async function planned(one: TargetDecision, event: Event): Promise<Planned> {
    const { target, decision } = one
    if (!target || decision === 'guarded' || decision === 'none') return one
    const playbook = named(one.playbook)
    try {
      const plan = (await planWhileContained(playbook, target)) ?? (await preview(playbook, target))
      return 'hash' in plan ? { ...one, plan } : { ...one, decision: 'guarded', why: plan.why }
    } catch (error) {
      return { ...one, decision: 'none', why: `The plan failed: ${String(error)} (event ${event.id})` }
    }
  }

  /** The plan for a target that is contained now: made from the state before, which is in the journal. */
  async function planWhileContained(playbook: AnyPlaybook, target: AnyTarget): Promise<Planned['plan']> {
    const record = await current(playbook.name, target, it)
    if (!isLive(record)) return undefined
    const {
      before: _before,
      after: _after,
      ...shown
    } = planOf(playbook, target, record.before, contextOf(record, it.prefix))
    return shown
  }

  async function preview(
    playbook: AnyPlaybook,
    target: AnyTarget,
  ): Promise<NonNullable<Planned['plan']> | { why: string }> {
    const [outcome] = await respond(playbook, rules)({ do: 'plan', target })
    return outcome?.plan ?? { why: outcome?.why ?? 'The playbook gave no reason.' }
  }
}
