import * as z from 'zod'
import { type Severity, severities } from '../engine/rule.ts'

const name = z
  .string()
  .regex(/^[a-z][\w.-]{0,63}$/, 'is not a valid name; write it as `maria` or `sec-oncall`')
const from = z.enum(severities)
// Slack documents only how its ids begin. Source: Slack, "Conversations API" and `user` object types.
const slackId = (letters: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^[${letters}][A-Z0-9]{2,20}$`), `is not the id of a Slack ${what}; copy it from Slack`)
const arn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:(iam|sts)::\d{12}:[\w+=,.@/-]+(\/\*)?$/,
    'is not the ARN of a principal; `*` may only stand for a whole session name, after the last `/`',
  )

const person = z.strictObject({
  name,
  email: z.email('is not a valid address').optional(),
  slack: slackId('UW', 'user').optional(),
  iam: z.array(arn).default([]),
})

const group = z.strictObject({ members: z.array(name).min(1), slack: slackId('S', 'user group').optional() })

/** The schema of the routing file, `infrastructure/stages/<stage>.json`. */
export const routingFile = z
  .strictObject({
    $schema: z.string().optional(),
    people: z.array(person).default([]),
    groups: z.record(name, group).default({}),
    /** Approver groups: their members may decide. */
    approvers: z.array(name).default([]),
    slack: z
      .strictObject({
        api: z.url().optional(),
        routes: z
          .array(z.strictObject({ channel: slackId('CG', 'channel'), from, mention: name.optional() }))
          .min(1),
      })
      .optional(),
    mail: z
      .strictObject({
        sender: z.email('is not a valid address'),
        routes: z.array(z.strictObject({ to: z.array(name).min(1), from })).min(1),
      })
      .optional(),
    sns: z.strictObject({ from }),
    /** Further channels of responders/channels/registry.ts, by name: the severity from which each is used. */
    channels: z.record(name, z.strictObject({ from })).optional(),
    /** The base URL of the review pages, if the API has a custom domain. */
    review: z.url().optional(),
  })
  .superRefine(checkReferences)

/** Who is notified, in which channel, and who may decide: the reviewed routing file of a stage. */
export type Routing = z.output<typeof routingFile>
export type Person = z.output<typeof person>
export type SlackRoute = NonNullable<Routing['slack']>['routes'][number]

/** The routing when the file cannot be read: everything goes to the SNS topic, and no person may decide. */
export const bareRouting: Routing = {
  people: [],
  groups: {},
  approvers: [],
  sns: { from: 'low' },
  channels: {},
}

/** Parses and checks a routing file. Throws one error that names every wrong path, the reason, and the fix. */
export function parseRouting(input: unknown): Routing {
  const result = routingFile.safeParse(input)
  if (result.success) return result.data
  const wrong = result.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || 'the file'}: ${message}`,
  )
  throw new Error(
    ['The routing file is not valid (infrastructure/stages/<stage>.json).', ...wrong].join('\n'),
    {
      cause: result.error,
    },
  )
}

type Draft = Omit<Routing, 'sns'>
type Issues = z.core.$RefinementCtx

/** Every name that is used must be defined, and every identifier must belong to one person. */
function checkReferences({ people, groups, approvers, slack, mail }: Draft, issues: Issues): void {
  const report = (path: (string | number)[], message: string) =>
    issues.addIssue({ code: 'custom', path, message })
  const known = new Set(people.map((one) => one.name))
  const needGroup = (path: (string | number)[], group: string | undefined) => {
    if (group && !Object.hasOwn(groups, group)) report(path, `"${group}" is not a group; add it to groups`)
  }

  const taken = new Set<string>()
  for (const [at, { name, email, slack, iam }] of people.entries())
    for (const id of [name, email, slack, ...iam]) {
      if (id === undefined) continue
      if (taken.has(id))
        report(['people', at], `"${id}" already belongs to another person; it must be unique`)
      taken.add(id)
    }
  for (const [group, { members }] of Object.entries(groups))
    for (const [at, member] of members.entries())
      if (!known.has(member))
        report(
          ['groups', group, 'members', at],
          `"${member}" is not in people; add the person, or remove the name`,
        )
  for (const [at, group] of approvers.entries()) needGroup(['approvers', at], group)
  for (const [at, { mention }] of (slack?.routes ?? []).entries()) {
    needGroup(['slack', 'routes', at, 'mention'], mention)
    if (mention && groups[mention] && !groups[mention].slack)
      report(
        ['slack', 'routes', at, 'mention'],
        `"${mention}" cannot be mentioned without a Slack id; add it to the group`,
      )
  }
  for (const [at, { to }] of (mail?.routes ?? []).entries())
    for (const [place, group] of to.entries()) needGroup(['mail', 'routes', at, 'to', place], group)
}

/** Whether a route that takes `from` this severity upwards takes `severity`. */
export const takes = (from: Severity, severity: Severity): boolean =>
  severities.indexOf(severity) >= severities.indexOf(from)
