import type { AnyPlaybook } from '../../../engine/playbook.ts'
import { type Statement, statementsOf } from '../../../engine/policy.ts'
import { the } from '../template/template.ts'

/**
 * What these playbooks are granted together, one statement for each distinct place. Pure. They write for any stage
 * (`portcullis-*`) and for the common partition (`arn:aws:`): here that becomes this stage and whichever partition.
 */
export function grantsOf(playbooks: readonly AnyPlaybook[], prefix: string): Statement[] {
  const places = new Map<string, Statement & { Action: string[] }>()
  for (const { Action, ...place } of playbooks.flatMap((one) => statementsOf(one))) {
    const key = JSON.stringify(place)
    const one = places.get(key) ?? { ...place, Action: [] }
    places.set(key, { ...one, Action: [...new Set([...one.Action, ...[Action].flat()])].sort() })
  }
  return [...places.values()].map((one) => here(one, prefix))
}

/** The actions by which these playbooks only look. */
export const readsOf = (playbooks: readonly AnyPlaybook[]): string[] =>
  playbooks.flatMap(({ reads }) => Object.keys(reads))

/** Whether a grant is on the stack's own parts and nothing else: said so, it is meant so. */
export const isOwn = ({ Resource }: Statement): boolean =>
  [Resource].flat().every((place) => /[:/]portcullis-/.test(place))

const here = ({ Effect, Action, ...place }: Statement, prefix: string): Statement => ({
  Effect,
  Action,
  ...JSON.parse(
    JSON.stringify(place)
      .replaceAll('"arn:aws:', `"arn:${the('AWS::Partition')}:`)
      .replaceAll('portcullis-*-', `${prefix}-`)
      .replaceAll('portcullis-*"', `${prefix}-*"`),
  ),
})
