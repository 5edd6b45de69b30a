import type { AnyPlaybook, Grant, Grants } from '../../../engine/playbook.ts'

/** One IAM action that playbooks are granted. */
export interface Permission {
  action: string
  /** Whether a playbook has it for writes. */
  writes: boolean
  places: string[]
  playbooks: string[]
}

/** Each action with the playbooks that need it, writes first. Pure. */
export function permissionsOf(playbooks: readonly AnyPlaybook[]): Permission[] {
  const found = new Map<string, Permission>()
  for (const one of playbooks) {
    const grants: [Grants, boolean][] = [
      [one.reads, false],
      [one.writes, true],
    ]
    for (const [grant, writes] of grants)
      for (const [action, place] of Object.entries(grant)) {
        const it = found.get(action) ?? { action, writes: false, places: [], playbooks: [] }
        it.writes ||= writes
        it.places = [...new Set([...it.places, placeOf(place)])]
        it.playbooks = [...new Set([...it.playbooks, one.name])]
        found.set(action, it)
      }
  }
  const order = (it: Permission) => `${it.writes ? 0 : 1}${it.action}`
  return [...found.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

/** The resources of a grant, in short: the last part of each ARN, and its condition keys. */
function placeOf(grant: Grant): string {
  const { on, when } =
    typeof grant === 'object' && !Array.isArray(grant) ? grant : { on: grant, when: undefined }
  const places = on === '*' ? ['*'] : on.map((arn) => arn.split(':').slice(5).join(':') || arn)
  const keys = when ? Object.values(when).flatMap((test) => Object.keys(test)) : []
  return [...new Set(places)].join(' ') + (keys.length > 0 ? ` if ${[...new Set(keys)].join(', ')}` : '')
}
