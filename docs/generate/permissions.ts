import { isDeepStrictEqual } from 'node:util'
import * as z from 'zod'
import { namesIn, readProjectFile } from '../../cli/shell/project.ts'
import { code, page, table } from './markdown.ts'

const texts = z.union([z.string(), z.array(z.string())]).transform((one) => [one].flat())

const policy = z.object({
  Statement: z.array(
    z.object({
      Sid: z.string().optional(),
      Effect: z.enum(['Allow', 'Deny']),
      Action: texts.optional(),
      NotAction: texts.optional(),
      Resource: texts.optional(),
      NotResource: texts.optional(),
      Condition: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
})

type Statement = z.output<typeof policy>['Statement'][number]

interface Role {
  name: string
  statements: Statement[]
}

/** What each function of the stack may do; what many of them have is said once. */
export function permissions(): string {
  const roles = namesIn('infrastructure/policies', '.json').map(roleOf)
  const shared = sharedBy(roles)
  return page(
    'Permissions',
    'infrastructure/policies/*.json, which `npm run policies` renders for a stage `dev`',
    'One role for each function. A Deny overrides every Allow. Source: [infrastructure/](../../infrastructure).',
    '## What several roles have',
    table(
      ['', '', 'actions', 'on', 'where'],
      shared.map((one, at) => [nameOf(at), ...rowOf(one)]),
    ),
    ...roles.map((role) => sectionOf(role, shared)),
  )
}

function roleOf(file: string): Role {
  const { Statement } = policy.parse(JSON.parse(readProjectFile(`infrastructure/policies/${file}`) ?? 'null'))
  return { name: file.replace('.json', ''), statements: Statement }
}

/** Statements that four roles or more have word for word. */
function sharedBy(roles: Role[]): Statement[] {
  const all = roles.flatMap(({ statements }) => statements)
  const same = Map.groupBy(all, (one) => JSON.stringify(one))
  return [...same.values()].filter(({ length }) => length >= 4).flatMap(([one]) => (one ? [one] : []))
}

const nameOf = (at: number): string => `S${at + 1}`

function sectionOf({ name, statements }: Role, shared: Statement[]): string {
  const places = statements.map((one) => shared.findIndex((other) => isDeepStrictEqual(one, other)))
  const own = statements.filter((_, at) => places[at] === -1)
  const also = places.filter((at) => at >= 0).map(nameOf)
  return [
    `## ${name}`,
    ...(own.length > 0 ? [table(['', 'actions', 'on', 'where'], own.map(rowOf))] : []),
    ...(also.length > 0
      ? [`and ${also.join(', ')} of [what several roles have](#what-several-roles-have)`]
      : []),
  ].join('\n\n')
}

const rowOf = ({ Effect, Action, NotAction, Resource, NotResource, Condition }: Statement): string[] => [
  Effect === 'Deny' ? '**Deny**' : 'Allow',
  named(Action, NotAction),
  named(Resource, NotResource),
  Condition ? code(JSON.stringify(Condition)) : '',
]

const named = (these: string[] | undefined, but: string[] | undefined): string =>
  [...(these ?? []).map(short), ...(but ? [`all but ${but.map(short).join(', ')}`] : [])].join('\n')

/** Partition, Region and account are this stack's wherever they stand so. */
const short = (text: string): string => code(text.replace(/\$\{AWS::(\w+)\}/g, (_, name) => `<${name}>`))
