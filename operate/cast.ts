import { Problem } from '../cli/errors.ts'
import { similar } from '../cli/similar.ts'
import { identifiers } from '../engine/target.ts'
import { inert } from '../messages/inert.ts'
import { lookUp, machineOf, roleOf, userOf } from './look-up.ts'
import { isLoopback } from './place.ts'
import { type Named, named, type Scenario } from './scenarios.ts'

export type Given = Partial<Record<Named, string>>

/** Who and what an attack is about: the values of its placeholders, and the names that take the place of the recorded ones. */
export interface Cast {
  values: Record<string, unknown>
  names: Map<string, string>
}

const shapes: Record<Named, RegExp> = {
  ...identifiers,
  guardrailArn: /^arn:aws[\w-]*:bedrock:[a-z0-9-]+:\d{12}:guardrail\/[a-z0-9]+$/,
}

/** `roleName=rehearsal` and its like. Throws `usage` for a name or a value that cannot be. */
export function givenIn(pairs: string[]): Given {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(pair) ?? []
      if (!Object.hasOwn(named, name)) throw unknownName(pair, name)
      if (shapes[name as Named].test(value)) return [name, value]
      throw new Problem('usage', `"${inert(value, 80)}" is no ${name}`, { where: `--set ${name}=…` })
    }),
  )
}

function unknownName(pair: string, name: string): Problem {
  const names = Object.keys(named)
  const meant = similar(name, names)
  return new Problem('usage', `"${inert(pair, 80)}" names nothing that an attack is about`, {
    where: '--set',
    fix: meant ? `Did you mean ${meant}=…?` : `one of ${names.join(', ')}, as --set roleName=rehearsal`,
  })
}

/**
 * Looks up in the account what the attack is about. On emulators the recorded names are taken where none is given; in
 * an account nothing is touched that nobody named. Throws `no-target`.
 */
export async function castOf(
  scenario: Scenario,
  given: Given,
  account: string,
  region: string,
): Promise<Cast> {
  const { about, name } = scenario
  const nameFor = (key: Named, recorded: string): string => {
    const found = given[key] ?? (isLoopback() && key !== 'instanceId' ? recorded : undefined)
    if (found) return found
    throw new Problem('no-target', `it must be said which ${key} the attack is about`, {
      where: `attack ${name}`,
      why: 'an attack that is played contains what it names',
      fix: `--set ${key}=<one that nobody needs>`,
    })
  }
  const [role, user, machine] = [about.get('roles'), about.get('users'), about.get('fleet')]
  const [roleName, userName] = [role && nameFor('roleName', role), user && nameFor('userName', user)]
  const instanceId = machine && nameFor('instanceId', machine)
  const [foundRole, foundUser, foundMachine] = await Promise.all([
    roleName && lookUp('roleName', roleName, () => roleOf(roleName)),
    userName && lookUp('userName', userName, () => userOf(userName, given.accessKeyId)),
    instanceId && lookUp('instanceId', instanceId, () => machineOf(instanceId)),
  ])
  return {
    names: new Map([
      ...(role && roleName ? [[role, roleName] as const] : []),
      ...(user && userName ? [[user, userName] as const] : []),
    ]),
    values: {
      account,
      region,
      now: new Date().toISOString(),
      ...(role && { roles: { [role]: foundRole } }),
      ...(user && { users: { [user]: foundUser } }),
      ...(machine &&
        foundMachine && { fleet: { [machine]: foundMachine.machine }, network: foundMachine.network }),
      ...(about.has('api') && {
        api: { name: nameFor('apiName', 'chat'), stage: nameFor('stageName', 'prod') },
      }),
      ...(about.has('guardrail') && {
        guardrail: {
          arn: nameFor('guardrailArn', `arn:aws:bedrock:${region}:${account}:guardrail/recorded`),
        },
      }),
    },
  }
}
