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

/** Who is told what on a stage, and who decides: its reviewed file, or the one for a stage without any. */
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
 * The file as the functions read it: one parameter beside the tokens that people put there themselves. Throws when it
 * is larger than a parameter may be.
 */
export function responders({ prefix, responders: it }: Deployment): Resources {
  const Value = JSON.stringify(it)
  if (Value.length > advanced)
    throw new Error(
      `${prefix}: who is told takes ${Value.length} characters, a parameter ${advanced}. Name roles (…/*) in place of people.`,
    )
  return {
    Responders: {
      Type: 'AWS::SSM::Parameter',
      Properties: {
        Name: `/${prefix}/stage`,
        Description: 'Who is told what, and who decides (stages/<stage>.json)',
        Type: 'String',
        Tier: Value.length > standard ? 'Advanced' : 'Standard',
        Value,
      },
    },
  }
}

/** To read that parameter and the tokens; AWS's own key for parameters lets whoever may read them decrypt them. */
export const readResponders = (prefix: string, ...names: string[]): Statement => ({
  Sid: 'ReadResponders',
  Effect: 'Allow',
  Action: 'ssm:GetParameters',
  Resource: (names.length > 0 ? names : ['*']).map((name) => arn('ssm', `parameter/${prefix}/${name}`)),
})
