import { identifiers } from '../../../engine/identifiers.ts'
import { isLoopback } from '../../../lib/loopback.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import { similar } from '../../../lib/text/similar.ts'
import { Problem } from '../../shell/errors.ts'
import { lookUpTarget, machineOf, roleFacts, userOf } from './look-up-target.ts'
import { type Scenario, type ScenarioName, scenarioNames } from './scenarios.ts'

/** The targets given with `--set`. */
export type GivenTargets = Partial<Record<ScenarioName, string>>

/** The values for the placeholders of an attack, and the names that replace the recorded ones. */
export interface BoundScenario {
  values: Record<string, unknown>
  names: Map<string, string>
}

const guardrailArn = /^arn:aws[\w-]*:bedrock:[a-z0-9-]+:\d{12}:guardrail\/[a-z0-9]+$/

const shapeOf = (name: ScenarioName): RegExp =>
  name === 'guardrailArn' ? guardrailArn : identifiers[name].shape

/** Parses pairs such as `roleName=rehearsal`. Throws `usage` for an unknown name or an invalid value. */
export function givenIn(pairs: string[]): GivenTargets {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(pair) ?? []
      if (!Object.hasOwn(scenarioNames, name)) throw unknownName(pair, name)
      if (shapeOf(name as ScenarioName).test(value)) return [name, value]
      throw new Problem('usage', `"${sanitize(value, 80)}" is not a valid ${name}`, {
        where: `--set ${name}=…`,
      })
    }),
  )
}

function unknownName(pair: string, name: string): Problem {
  const names = Object.keys(scenarioNames)
  const meant = similar(name, names)
  return new Problem('usage', `"${sanitize(pair, 80)}" does not set a target of an attack`, {
    where: '--set',
    fix: meant ? `Did you mean ${meant}=…?` : `set one of ${names.join(', ')}: --set roleName=rehearsal`,
  })
}

/**
 * Looks up the targets of an attack in the account. On emulators the recorded names are the default; in an account every
 * target must be named, so that an attack never touches anything else. Throws `no-target`.
 */
export async function bindScenario(
  scenario: Scenario,
  given: GivenTargets,
  account: string,
  region: string,
): Promise<BoundScenario> {
  const { about, name } = scenario
  const nameFor = (key: ScenarioName, recorded: string): string => {
    const found = given[key] ?? (isLoopback() && key !== 'instanceId' ? recorded : undefined)
    if (found) return found
    throw new Problem('no-target', `the attack needs a ${key}`, {
      where: `attack ${name}`,
      why: 'playing the attack contains its targets, so you choose them',
      fix: `--set ${key}=<a test resource>`,
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
