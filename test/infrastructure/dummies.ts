import type { AnyPlaybook } from '../../engine/playbook.ts'
import type { Rule } from '../../engine/rule.ts'
import { layerOf } from '../../infrastructure/stack/layers.ts'
import type { Product } from '../../infrastructure/stack.ts'
import { playbooks } from '../../playbooks/index.ts'
import { rules } from '../../rules/index.ts'

/** The layers that issue 9 foresees for the playbooks to come, beside those of today. */
const layers = ['identity', 'network', 'model', 'data', 'edge', 'defences']

/**
 * A product of so many playbooks and rules: today's, and copies of them under names of usual length. Each copy has the
 * grants of its original for a service of its own, so that no statement is shared.
 */
export function grown(playbookCount: number, ruleCount: number): Product {
  const all = playbooks as readonly AnyPlaybook[]
  const more = Array.from({ length: playbookCount - all.length }, (_, index) => {
    const original = all[index % all.length] as AnyPlaybook
    return copyOf(original, `${original.name.slice(0, 20)}-${index}`, index)
  })
  const names = [...all, ...more].map(({ name }) => name)
  const moreRules = Array.from({ length: ruleCount - rules.length }, (_, index) => {
    const original = rules[index % rules.length] as Rule
    // Each calls as many playbooks as its original, of the new ones.
    const then = Object.keys(original.then).map(
      (_, place) => names[all.length + ((index * 3 + place) % more.length)],
    )
    return {
      ...original,
      name: `${original.name.slice(0, 34)}-${index}`,
      then: Object.fromEntries(then.map((name) => [name, () => []])),
    }
  })
  return {
    playbooks: [...all, ...more],
    rules: [...rules, ...moreRules],
    layerOf: (name) => {
      const index = more.findIndex((one) => one.name === name)
      return index < 0 ? layerOf(name) : (layers[index % layers.length] ?? '')
    },
  }
}

const copyOf = (original: AnyPlaybook, name: string, index: number): AnyPlaybook => {
  const ofOwnService = <G extends object>(grants: G): G =>
    JSON.parse(JSON.stringify(grants).replace(/"(?!For)(\w+):(?=[A-Z])/g, `"$1${index}:`))
  return { ...original, name, reads: ofOwnService(original.reads), writes: ofOwnService(original.writes) }
}
