import type { Grant, Grants, Playbook } from './playbook.ts'

export interface Statement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Action: string | string[]
  Resource: string | string[]
  Condition?: Record<string, Record<string, string | string[]>>
}

/** What of a playbook permissions are made from. */
type Granted = Pick<Playbook, 'reads' | 'writes'>

/** A playbook's grants as IAM statements: one for each distinct place and condition. Pure. */
export function statementsOf(playbook: Granted): Statement[] {
  const places = new Map<string, { grant: Grant; actions: string[] }>()
  for (const [action, grant] of grantsOf(playbook)) {
    const key = JSON.stringify(grant)
    const place = places.get(key) ?? { grant, actions: [] }
    place.actions.push(action)
    places.set(key, place)
  }
  return [...places.values()].map(({ grant, actions }) => {
    const { on, when } =
      typeof grant === 'object' && !Array.isArray(grant) ? grant : { on: grant, when: undefined }
    return { Effect: 'Allow', Action: actions.sort(), Resource: on, ...(when && { Condition: when }) }
  })
}

/** Every action a playbook is granted. */
export const actionsOf = (playbook: Granted): string[] => grantsOf(playbook).map(([action]) => action)

/**
 * The session policy for another account: the playbook's actions and nothing else. Places and conditions stay
 * with the member role; a session policy may hold 2,048 characters (AssumeRole, API reference).
 */
export const sessionPolicyOf = (playbook: Granted): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actionsOf(playbook), Resource: '*' }],
  })

const grantsOf = ({ reads, writes }: Granted): [string, Grant][] =>
  Object.entries({ ...reads, ...writes } satisfies Grants).sort(([a], [b]) => (a < b ? -1 : 1))
