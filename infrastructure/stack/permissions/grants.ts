import type { AnyPlaybook } from '../../../engine/playbook.ts'
import { type Statement, statementsOf } from '../../../engine/policy.ts'
import { the } from '../template/template.ts'

/**
 * What these playbooks are granted together, one statement for each distinct resource and condition. Playbooks name
 * any stage (`portcullis-*`) and the common partition (`arn:aws:`); here these become this stage and the stack's own
 * partition. Pure.
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

/** The actions with which these playbooks only read. */
export const readsOf = (playbooks: readonly AnyPlaybook[]): string[] =>
  playbooks.flatMap(({ reads }) => Object.keys(reads))

/** Whether a grant is on the stack's own resources only: then the denials on them except it. */
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
