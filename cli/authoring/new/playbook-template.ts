import { type Identifier, identifiers } from '../../../engine/identifiers.ts'
import type { State } from '../../../engine/state.ts'

/** The template of a playbook: templates/playbooks/<file>.ts.txt and <file>.scene.ts.txt. */
export interface PlaybookTemplate {
  file: string
  /** The state in which its scene begins. */
  before: State
  /** Values for the placeholders. */
  values: Record<string, string>
}

/** The template for a target. `marker` fits every target: it marks it and changes nothing in the account. */
export function playbookTemplateOf(target: readonly Identifier[]): PlaybookTemplate {
  const [only, ...others] = target
  if (only === 'instanceId' && others.length === 0)
    return { file: 'instanceId', before: { termination: 'allowed' }, values: {} }
  if (only === 'roleName' && others.length === 0)
    return { file: 'roleName', before: { longest: 43_200 }, values: {} }
  const examples = Object.fromEntries(target.map((one) => [one, identifiers[one].example]))
  return {
    file: 'marker',
    before: { marked: false },
    values: { target: JSON.stringify(target), examples: JSON.stringify(examples).slice(1, -1) },
  }
}
