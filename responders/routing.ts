import * as z from 'zod'
import { type Severity, severities } from '../engine/rule.ts'

const name = z.string().regex(/^[a-z][\w.-]{0,63}$/, 'is no name; write it as `maria` or `sec-oncall`')
const from = z.enum(severities)
// Slack says of its ids only that they begin so. Source: Slack, "Conversations API" and `user` object types.
const slackId = (letters: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^[${letters}][A-Z0-9]{2,20}$`), `is no id of a Slack ${what}; copy it from Slack`)
const arn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:(iam|sts)::\d{12}:[\w+=,.@/-]+(\/\*)?$/,
    'is no ARN of a principal; a `*` may stand only for a whole session name, after the last `/`',
  )

const person = z.strictObject({
  name,
  email: z.email('is no address').optional(),
  slack: slackId('UW', 'user').optional(),
  iam: z.array(arn).default([]),
})

const group = z.strictObject({ members: z.array(name).min(1), slack: slackId('S', 'user group').optional() })

/** The file `stages/<stage>.json`. */
export const routingFile = z
  .strictObject({
    $schema: z.string().optional(),
    people: z.array(person).default([]),
    groups: z.record(name, group).default({}),
    /** Groups whose members may decide. */
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
        sender: z.email('is no address'),
        routes: z.array(z.strictObject({ to: z.array(name).min(1), from })).min(1),
      })
      .optional(),
    sns: z.strictObject({ from }),
    /** Where the review pages are, when the API has a domain of your own. */
    review: z.url().optional(),
  })
  .superRefine(agree)

/** Who is told what, where, and who may decide: the reviewed file of a stage, `stages/<stage>.json`. */
export type Routing = z.output<typeof routingFile>
export type Person = z.output<typeof person>
export type SlackRoute = NonNullable<Routing['slack']>['routes'][number]

/** What holds when nothing is known: everything goes to the topic, nobody may decide in a channel. */
export const bareRouting: Routing = { people: [], groups: {}, approvers: [], sns: { from: 'low' } }

/** The file of a stage, checked. Throws one error naming every path that is wrong, why, and how to put it right. */
export function parseRouting(input: unknown): Routing {
  const result = routingFile.safeParse(input)
  if (result.success) return result.data
  const wrong = result.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || 'the file'}: ${message}`,
  )
  throw new Error(['The stage is not as it must be (stages/<stage>.json).', ...wrong].join('\n'), {
    cause: result.error,
  })
}

type Draft = Omit<Routing, 'sns'>
type Issues = z.core.$RefinementCtx

/** What is named must be there, and only once. */
function agree({ people, groups, approvers, slack, mail }: Draft, issues: Issues): void {
  const say = (path: (string | number)[], message: string) =>
    issues.addIssue({ code: 'custom', path, message })
  const known = new Set(people.map((one) => one.name))
  const needGroup = (path: (string | number)[], group: string | undefined) => {
    if (group && !Object.hasOwn(groups, group)) say(path, `"${group}" is no group; add it to groups`)
  }

  const taken = new Set<string>()
  for (const [at, { name, email, slack, iam }] of people.entries())
    for (const id of [name, email, slack, ...iam]) {
      if (id === undefined) continue
      if (taken.has(id)) say(['people', at], `"${id}" is somebody else's already; each is one person's`)
      taken.add(id)
    }
  for (const [group, { members }] of Object.entries(groups))
    for (const [at, member] of members.entries())
      if (!known.has(member))
        say(
          ['groups', group, 'members', at],
          `"${member}" is nobody; add them to people, or take the name out`,
        )
  for (const [at, group] of approvers.entries()) needGroup(['approvers', at], group)
  for (const [at, { mention }] of (slack?.routes ?? []).entries()) {
    needGroup(['slack', 'routes', at, 'mention'], mention)
    if (mention && groups[mention] && !groups[mention].slack)
      say(['slack', 'routes', at, 'mention'], `"${mention}" cannot be mentioned; give the group its Slack id`)
  }
  for (const [at, { to }] of (mail?.routes ?? []).entries())
    for (const [place, group] of to.entries()) needGroup(['mail', 'routes', at, 'to', place], group)
}

/** Whether something of this severity goes where things are taken `from` that one. */
export const takes = (from: Severity, severity: Severity): boolean =>
  severities.indexOf(severity) >= severities.indexOf(from)
