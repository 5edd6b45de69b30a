import { readdirSync, readFileSync } from 'node:fs'
import * as z from 'zod'
import { getPath } from '../../../lib/get-path.ts'

const folder = new URL('../../../local/attacks/', import.meta.url)

/** The names for `--set`, and the part of an attack that each one sets. */
export const scenarioNames = {
  roleName: 'roles',
  userName: 'users',
  accessKeyId: 'users',
  instanceId: 'fleet',
  apiName: 'api',
  stageName: 'api',
  guardrailArn: 'guardrail',
} as const
export type ScenarioName = keyof typeof scenarioNames

const file = z.object({
  title: z.string(),
  events: z.array(
    z.looseObject({
      source: z.string(),
      'detail-type': z.string(),
      account: z.string(),
      region: z.string(),
      time: z.string(),
      resources: z.array(z.string()),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
  expect: z
    .array(
      z.looseObject({
        playbook: z.string().optional(),
        target: z.record(z.string(), z.string()).optional(),
        ends: z.enum(['contained', 'approved', 'denied']).optional(),
        counted: z.boolean().optional(),
      }),
    )
    // A threshold is reached by real events only: a command to a playbook is not counted.
    .transform((all) => all.filter(({ counted }) => !counted)),
})

/** A recorded attack with placeholders. */
export interface Scenario {
  name: string
  title: string
  /** The playbooks that must contain or propose something. */
  playbooks: string[]
  /** Its targets by kind: `roles` → `ml-engineer`. */
  about: Map<string, string>
  /** The names that must be set in an AWS account. */
  needs: ScenarioName[]
  text: string
}

/** An attack on this account, ready to be sent. */
export type BoundAttack = z.output<typeof file>

/** Every recorded attack, by name. */
export const scenarios = (): Scenario[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => scenarioOf(name.replace('.json', '')))

function scenarioOf(name: string): Scenario {
  const text = readFileSync(new URL(`${name}.json`, folder), 'utf8')
  const { title, expect } = file.parse(JSON.parse(text))
  const paths = [...text.matchAll(placeholder)].map(([, path = '']) => path.split('.'))
  const about = new Map(paths.flatMap(([kind = '', one]) => (one ? [[kind, one] as const] : [])))
  const needs = (Object.keys(scenarioNames) as ScenarioName[]).filter(
    (key) => about.has(scenarioNames[key]) && key !== 'accessKeyId',
  )
  return { name, title, playbooks: expect.flatMap(({ playbook }) => playbook ?? []), about, needs, text }
}

const placeholder = /{{([\w.-]+)}}/g

/** The attack with values for its placeholders and names instead of the recorded ones. Throws when a value is missing. */
export function filledScenario(
  { name, text }: Scenario,
  values: object,
  names: Map<string, string>,
): BoundAttack {
  const parts = text.split(placeholder)
  // Every second part is the path of a placeholder; the parts between them were recorded.
  const whole = parts.map((part, at) => (at % 2 ? inJson(valueAt(values, part, name)) : renamed(part, names)))
  return file.parse(JSON.parse(whole.join('')))
}

function valueAt(values: object, path: string, name: string): string {
  const found = getPath(values, ...path.split('.'))
  if (typeof found !== 'string') throw new Error(`local/attacks/${name}.json: {{${path}}} has no value.`)
  return found
}

const renamed = (text: string, names: Map<string, string>): string =>
  [...names].reduce((so, [from, to]) => so.replaceAll(from, inJson(to)), text)

const inJson = (value: string): string => JSON.stringify(value).slice(1, -1)
