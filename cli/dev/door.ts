import { current, isLive } from '../../engine/journal/journal.ts'
import { contextOf } from '../../engine/journal/record.ts'
import { planOf } from '../../engine/plan.ts'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import { respond } from '../../engine/respond.ts'
import type { Event } from '../../engine/rule.ts'
import { readSettings } from '../../engine/settings.ts'
import type { AnyTarget } from '../../engine/target.ts'
import { handler as announce } from '../../functions/announce.ts'
import { rules } from '../../rules/index.ts'
import { evaluator as courtOf, evaluate, type Judged } from '../replay/decide.ts'
import { explained } from '../replay/explained.ts'
import { playbooksOf } from '../replay/load.ts'
import type { Name, Planned, VersionAsked } from './protocol.ts'

/** What a version of the project answers. */
export type VersionDoor = { [N in Name]: (input: VersionAsked[N][0]) => Promise<VersionAsked[N][1]> }

/** What tells the kind of an event: a rule that stops there is about something else. */
const kinds = ['source', 'detail-type']

/** The rules and playbooks as they are on disk now, behind the door that the deployed functions have. */
export async function openVersionDoor(): Promise<VersionDoor> {
  const it = readSettings()
  const playbooks = await playbooksOf(rules)
  const court = courtOf({ rules, playbooks, ceiling: it.ceiling, ours: () => it, now: new Date() })

  return {
    async match(event) {
      const names = court.index.matching(event)
      const found = rules.filter(({ name }) => names.includes(name))
      return {
        rules: found.map(({ name, because, then }) => ({ name, because, playbooks: Object.keys(then) })),
        of: rules.length,
      }
    },

    plan: (event) => Promise.all(evaluate(event, court).decisions.map((one) => planned(one, event))),

    async why(event) {
      return explained(event, court)
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
      if (batchItemFailures.length > 0) throw new Error('Not everybody could be told.')
      return undefined
    },
  }

  function named(name: string): AnyPlaybook {
    const playbook = playbooks.get(name)
    if (!playbook) throw new Error(`There is no playbook ${name}.`)
    return playbook
  }

  async function planned(one: Judged, event: Event): Promise<Planned> {
    const { target, decision } = one
    if (!target || decision === 'guarded' || decision === 'none') return one
    const playbook = named(one.playbook)
    try {
      const plan = (await whileContained(playbook, target)) ?? (await preview(playbook, target))
      return 'hash' in plan ? { ...one, plan } : { ...one, decision: 'guarded', why: plan.why }
    } catch (error) {
      return { ...one, decision: 'none', why: `It cannot be planned. ${String(error)} (${event.id})` }
    }
  }

  /** Of what is contained at this moment: the plan from the state in which it was found, which is in the journal. */
  async function whileContained(playbook: AnyPlaybook, target: AnyTarget): Promise<Planned['plan']> {
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
    return outcome?.plan ?? { why: outcome?.why ?? 'Nothing is known of it.' }
  }
}
