import { randomUUID } from 'node:crypto'
import { BadEvent } from '../engine/errors.ts'
import type { AnyPlaybook } from '../engine/playbook.ts'
import { respond } from '../engine/respond.ts'
import type { Event, Rule } from '../engine/rule.ts'
import { type AnyTarget, targetKey } from '../engine/target.ts'
import { targetsOf } from '../engine/targets.ts'
import { rules } from '../rules/index.ts'
import { samples } from '../test/rules/events.ts'

/** What a function is sent so that it contains a target, and who wants it. */
export interface Aimed {
  by: 'rule' | 'person'
  command: object
}

/**
 * The command that makes a playbook contain this target: a recorded event of a rule, told of this target. Where
 * rules only propose, the proposal is made here, and the command is a person's consent to it.
 * Throws when no rule has such an event, or when what was proposed is not a proposal.
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

/** The event with the target's names in the places of its own, if it then names this target and no other. Pure. */
export function retold(
  event: Event,
  playbook: AnyPlaybook,
  rule: Rule,
  target: AnyTarget,
): Event | undefined {
  const [found, ...others] = targetsIn(event)
  if (!found || others.length > 0) return undefined
  // A subject is words for people, and nothing in the cloud: one is as good as another.
  if (found.subject !== undefined) return event
  const wanted = target as Record<string, string>
  // A principal is `role/<name>`, but events spell its name alone.
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
      // Some events are there for being refused.
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
