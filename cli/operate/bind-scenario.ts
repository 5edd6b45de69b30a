import { identifiers } from '../../engine/identifiers.ts'
import { sanitize } from '../../lib/text/sanitize.ts'
import { similar } from '../../lib/text/similar.ts'
import { Problem } from '../shell/errors.ts'
import { lookUpTarget, machineOf, roleFacts, userOf } from './look-up.ts'
import { isLoopback } from './place.ts'
import { type Scenario, type ScenarioName, scenarioNames } from './scenarios.ts'

export type Given = Partial<Record<ScenarioName, string>>

/** Who and what an attack is about: the values of its placeholders, and the names that take the place of the recorded ones. */
export interface BoundScenario {
  values: Record<string, unknown>
  names: Map<string, string>
}

const guardrailArn = /^arn:aws[\w-]*:bedrock:[a-z0-9-]+:\d{12}:guardrail\/[a-z0-9]+$/

const shapeOf = (name: ScenarioName): RegExp =>
  name === 'guardrailArn' ? guardrailArn : identifiers[name].shape

/** `roleName=rehearsal` and its like. Throws `usage` for a name or a value that cannot be. */
export function givenIn(pairs: string[]): Given {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(pair) ?? []
      if (!Object.hasOwn(scenarioNames, name)) throw unknownName(pair, name)
      if (shapeOf(name as ScenarioName).test(value)) return [name, value]
      throw new Problem('usage', `"${sanitize(value, 80)}" is no ${name}`, { where: `--set ${name}=…` })
    }),
  )
}

function unknownName(pair: string, name: string): Problem {
  const names = Object.keys(scenarioNames)
  const meant = similar(name, names)
  return new Problem('usage', `"${sanitize(pair, 80)}" names nothing that an attack is about`, {
    where: '--set',
    fix: meant ? `Did you mean ${meant}=…?` : `one of ${names.join(', ')}, as --set roleName=rehearsal`,
  })
}

/**
 * Looks up in the account what the attack is about. On emulators the recorded names are taken where none is given; in
 * an account nothing is touched that nobody named. Throws `no-target`.
 */
export async function bindScenario(
  scenario: Scenario,
  given: Given,
  account: string,
  region: string,
): Promise<BoundScenario> {
  const { about, name } = scenario
  const nameFor = (key: ScenarioName, recorded: string): string => {
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
    roleName && lookUpTarget('roleName', roleName, () => roleFacts(roleName)),
    userName && lookUpTarget('userName', userName, () => userOf(userName, given.accessKeyId)),
    instanceId && lookUpTarget('instanceId', instanceId, () => machineOf(instanceId)),
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
