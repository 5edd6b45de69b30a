import type { AnyPlaybook } from '../../../engine/playbook.ts'
import { playbooks } from '../../../playbooks/index.ts'
import { listedIn } from '../../shell/project.ts'

/** The folder of a listed file below its index: `identity`; empty for a file beside the index. */
export const roomOf = (index: 'playbooks' | 'rules', name: string): string =>
  (listedIn(index).get(name) ?? '').split('/').slice(1, -1).join('/')

/** The folder of the playbooks whose targets have one of these identifiers; empty when there is none. */
export function roomOfTarget(target: readonly string[]): string {
  const alike = (playbooks as readonly AnyPlaybook[]).filter((one) =>
    one.target.some((identifier: string) => target.includes(identifier)),
  )
  return alike.map(({ name }) => roomOf('playbooks', name)).find((room) => room !== '') ?? ''
}
