import type { Grant, Grants, Playbook } from './playbook.ts'

export interface Statement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Action: string | string[]
  Resource: string | string[]
  Condition?: Record<string, Record<string, string | string[]>>
}

/** The part of a playbook that permissions are derived from. */
type Granted = Pick<Playbook, 'reads' | 'writes'>

/** The grants of a playbook as IAM statements: one for each combination of resources and condition. Pure. */
export function statementsOf(playbook: Granted): Statement[] {
  const groups = new Map<string, { grant: Grant; actions: string[] }>()
  for (const [action, grant] of grantsOf(playbook)) {
    const key = JSON.stringify(grant)
    const group = groups.get(key) ?? { grant, actions: [] }
    group.actions.push(action)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ grant, actions }) => {
    const { on, when } =
      typeof grant === 'object' && !Array.isArray(grant) ? grant : { on: grant, when: undefined }
    return { Effect: 'Allow', Action: actions.sort(), Resource: on, ...(when && { Condition: when }) }
  })
}

/** Every action that is granted to a playbook. */
export const actionsOf = (playbook: Granted): string[] => grantsOf(playbook).map(([action]) => action)

/**
 * The session policy for another account: the actions of the playbook only. Resources and conditions are left to the
 * member role: a session policy may have 2,048 characters. Source: STS API reference, AssumeRole.
 */
export const sessionPolicyOf = (playbook: Granted): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actionsOf(playbook), Resource: '*' }],
  })

const grantsOf = ({ reads, writes }: Granted): [string, Grant][] =>
  Object.entries({ ...reads, ...writes } satisfies Grants).sort(([a], [b]) => (a < b ? -1 : 1))
