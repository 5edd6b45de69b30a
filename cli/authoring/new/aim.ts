import type { Identifier } from '../../../engine/identifiers.ts'
import type { EventDefinition, Named, TargetNamed } from '../../../rules/events/definition.ts'

// biome-ignore lint/suspicious/noExplicitAny: drafts are about events of any type.
export type AnyEventDefinition = EventDefinition<any>

/** The source text that finds a playbook's target in an event, and what the text needs. */
export interface Aim {
  code: string
  subject: string
  /** Names to import, by their file relative to rules/. */
  imports: Map<string, Set<string>>
  /** The values of `about` for which the event names the target. */
  about: readonly string[]
  /** What the event has in place of the sample's fields. */
  holds: readonly object[]
  /** Identifiers that the event does not name: their example stands in the rule. */
  examples: readonly Identifier[]
}

/** The source text that finds these identifiers in an event. Pure. */
export function aimOf(target: readonly Identifier[], definition: AnyEventDefinition): Aim {
  const imports = new Map<string, Set<string>>()
  const name = (file: string, exported: string) => {
    imports.set(file, (imports.get(file) ?? new Set()).add(exported))
    return exported
  }
  const valueText = (named: Named): string => {
    if (typeof named === 'string') return named
    const { finder, from, of, part } = named
    return `${name(from, finder)}(${of})${part === undefined ? '' : `.${part}`}`
  }
  const { used, about } = namesUsed(target, definition)
  const exampleOf = (identifier: Identifier): string =>
    `${name('../engine/identifiers.ts', 'identifiers')}.${identifier}.example`
  const subject = [...used.values()].find((one) => one.subject !== undefined)?.subject ?? definition.subject
  const whole = used.get(keyOf(target))
  const fields = target.map((identifier) => {
    if (identifier === 'subject') return `subject: ${subjectText(whole?.by ?? definition.subject)}`
    const by = used.get(identifier)?.by
    return `${identifier}: ${by === undefined ? exampleOf(identifier) : valueText(by)}`
  })
  const isFound = whole !== undefined && typeof whole.by !== 'string' && !target.includes('subject')
  return {
    code: functionOf(isFound ? valueText(whole.by) : `({ ${fields.join(', ')} })`),
    subject: functionOf(valueText(subject)),
    imports,
    about,
    holds: [...used.values()].flatMap(({ holds }) => holds ?? []),
    examples: isFound ? [] : target.filter((one) => one !== 'subject' && !used.has(one)),
  }

  function subjectText(by: Named): string {
    const { what } = definition
    return what === undefined ? valueText(by) : `\`\${${valueText(by)}}: \${${what}}\``
  }
}

const keyOf = (target: readonly Identifier[]): string => [...target].sort().join(' ')

/**
 * The names of the definition that a rule can use together, and what the event is then about. A finder returns a whole
 * target, so that the names of a target's parts are paths.
 */
function namesUsed(
  target: readonly Identifier[],
  { names, about }: AnyEventDefinition,
): { used: Map<string, TargetNamed>; about: readonly string[] } {
  const all = new Map(Object.entries(names) as [string, TargetNamed][])
  const used = new Map<string, TargetNamed>()
  let left = about
  for (const key of new Set([keyOf(target), ...target])) {
    const named = all.get(key)
    const isPart = key !== keyOf(target)
    if (!named || (isPart && (used.has(keyOf(target)) || typeof named.by !== 'string'))) continue
    const fitting = left.filter((one) => one.includes(named.about ?? ''))
    if (fitting.length === 0) continue
    used.set(key, named)
    left = fitting
  }
  return { used, about: left }
}

/** A function of the fields of the event that the text uses. */
function functionOf(text: string): string {
  const roots = ['detail', 'resources', 'account', 'region'].filter((root) =>
    new RegExp(`(?<![.\\w])${root}\\b(?!:)`).test(text),
  )
  return roots.length > 0 ? `({ ${roots.join(', ')} }) => ${text}` : `() => ${text}`
}
