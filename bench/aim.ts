import { randomUUID } from 'node:crypto'
import { BadEvent } from '../engine/errors.ts'
import type { AnyPlaybook } from '../engine/playbook.ts'
import { respond } from '../engine/respond.ts'
import type { Event, Rule } from '../engine/rule.ts'
import { type AnyTarget, targetKey } from '../engine/target.ts'
import { targetsOf } from '../engine/targets.ts'
import { rules } from '../rules/index.ts'
import { samples } from '../test/rules/events.ts'

/** The command that makes a function contain a target, and its origin. */
export interface Aimed {
  by: 'rule' | 'person'
  command: object
}

/**
 * The command that makes a playbook contain this target: a recorded event of a rule, rewritten for this target. Where
 * rules only propose, the proposal is made here, and the command is a person's approval of it.
 * Throws when no rule has such an event, or when the rule does not propose.
 */
export async function aim(playbook: AnyPlaybook, target: AnyTarget): Promise<Aimed> {
  const calling = rules.filter(({ mode, then }) => mode !== 'observe' && then[playbook.name])
  for (const rule of calling.toSorted((a, b) => Number(b.mode === 'contain') - Number(a.mode === 'contain')))
    for (const { event: recorded } of samples.filter((one) => one.rule === rule.name && isFiring(one.name))) {
      const event = retold(recorded, playbook, rule, target)
      if (!event) continue
      const command = { rule: rule.name, event: { ...event, id: randomUUID() } }
      return rule.mode === 'contain' ? { by: 'rule', command } : consent(playbook, command)
    }
  throw new Error(`No event in test/events makes a rule call ${playbook.name} for ${targetKey(target)}.`)
}

const isFiring = (name: string) => name.includes('/fires')

async function consent(playbook: AnyPlaybook, command: object): Promise<Aimed> {
  const [proposed] = await respond(playbook, rules)(command)
  if (proposed?.status !== 'proposed')
    throw new Error(`${playbook.name}: ${proposed?.status} instead of proposed.`)
  const { target, containment, plan } = proposed
  const by = { who: 'bench', how: 'consent' }
  return { by: 'person', command: { do: 'contain', target, containment, plan: plan?.hash, by } }
}

/** The event with its names replaced by the target's; undefined unless it then names exactly this target. Pure. */
export function retold(
  event: Event,
  playbook: AnyPlaybook,
  rule: Rule,
  target: AnyTarget,
): Event | undefined {
  const [found, ...others] = targetsIn(event)
  if (!found || others.length > 0) return undefined
  // A subject is text for people and names no resource, so any will do.
  if (found.subject !== undefined) return event
  const wanted = target as Record<string, string>
  // A principal is `role/<name>`, but events contain the name alone.
  const names = Object.entries(found).map(
    ([key, name]) => [name, wanted[key] ?? name].map(bare) as [string, string],
  )
  const told = names.reduce((json, [from, to]) => renamed(json, from, to), JSON.stringify(event))
  const [now] = targetsIn(JSON.parse(told))
  return now && targetKey(now) === targetKey(target) ? JSON.parse(told) : undefined

  function targetsIn(one: Event): AnyTarget[] {
    try {
      return targetsOf(playbook, rule, one).targets
    } catch (error) {
      // Some recorded events exist to be refused.
      if (error instanceof BadEvent) return []
      throw error
    }
  }
}

const bare = (name: string): string => name.replace(/^(role|user)\//, '')

// Whole names only: `app` is not renamed in `chat-app`.
function renamed(json: string, from: string, to: string): string {
  const [old, now] = [from, to].map((name) => JSON.stringify(name).slice(1, -1)) as [string, string]
  return json.replace(new RegExp(`(?<![\\w-])${RegExp.escape(old)}(?![\\w-])`, 'g'), () => now)
}
