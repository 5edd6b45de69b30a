import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Statement } from '../../../engine/policy.ts'
import { parseRouting, type Routing } from '../../../responders/routing.ts'
import type { Deployment } from '../deployment.ts'
import { arn, type Resources } from '../template/template.ts'

const folder = join(import.meta.dirname, '..', '..', 'stages')

/** Source: Systems Manager, "Managing parameter tiers" (characters of a value). */
const standard = 4_096
const advanced = 8_192

/** The routing of a stage: its reviewed file in stages/, or default.json where it has none. */
export function respondersOf(stage: string): Routing {
  const read = (name: string) => readFileSync(join(folder, `${name}.json`), 'utf8')
  let text: string
  try {
    text = read(stage)
  } catch {
    text = read('default')
  }
  return parseRouting(JSON.parse(text))
}

/**
 * The routing as the functions read it: one parameter beside the tokens that people store there themselves. Throws
 * when it is larger than a parameter may be.
 */
export function responders({ prefix, responders: it }: Deployment): Resources {
  const Value = JSON.stringify(it)
  if (Value.length > advanced)
    throw new Error(
      `${prefix}: the routing has ${Value.length} characters; a parameter holds ${advanced}. List roles (…/*) instead of people.`,
    )
  return {
    Responders: {
      Type: 'AWS::SSM::Parameter',
      Properties: {
        Name: `/${prefix}/stage`,
        Description: 'Routing of notifications and approvers (infrastructure/stages/<stage>.json)',
        Type: 'String',
        Tier: Value.length > standard ? 'Advanced' : 'Standard',
        Value,
      },
    },
  }
}

/** To read that parameter and the tokens; AWS's key for parameters lets principals that may read them decrypt them. */
export const readResponders = (prefix: string, ...names: string[]): Statement => ({
  Sid: 'ReadResponders',
  Effect: 'Allow',
  Action: 'ssm:GetParameters',
  Resource: (names.length > 0 ? names : ['*']).map((name) => arn('ssm', `parameter/${prefix}/${name}`)),
})
