import { type Severity, severities } from '../../engine/rule.ts'
import { type Person, type Routing, type SlackRoute, takes } from '../routing.ts'

/** Where in Slack: of the routes that take this severity the one that takes least besides; nothing when none does. */
export const slackRoute = ({ slack }: Routing, severity: Severity): SlackRoute | undefined =>
  slack?.routes
    .filter(({ from }) => takes(from, severity))
    .toSorted((a, b) => severities.indexOf(b.from) - severities.indexOf(a.from))[0]

/** The Slack id of the group that a route calls. */
export const mentionOf = ({ groups }: Routing, { mention }: SlackRoute): string | undefined =>
  mention === undefined ? undefined : groups[mention]?.slack

/** Who gets a mail: everybody with an address in a group of any fitting route, each once. */
export function mailPeople(
  { people, groups, mail }: Routing,
  severity: Severity,
): (Person & { email: string })[] {
  const fitting = (mail?.routes ?? []).filter(({ from }) => takes(from, severity))
  const names = new Set(fitting.flatMap(({ to }) => to).flatMap((group) => groups[group]?.members ?? []))
  return people.filter((one): one is Person & { email: string } => names.has(one.name) && !!one.email)
}

export const snsTakes = ({ sns }: Routing, severity: Severity): boolean => takes(sns.from, severity)

export const personByName = ({ people }: Routing, name: string): Person | undefined =>
  people.find((one) => one.name === name)

export const personBySlack = ({ people }: Routing, id: string): Person | undefined =>
  people.find(({ slack }) => slack === id)

/** Whose an ARN of AWS STS is; an entry that ends in `/*` is a role whose every session is that person. */
export const personByArn = ({ people }: Routing, arn: string): Person | undefined =>
  people.find(({ iam }) =>
    iam.some((entry) => (entry.endsWith('/*') ? isSession(arn, entry.slice(0, -1)) : arn === entry)),
  )

// A session's name has no slash: `role/*` is not every role below a path.
const isSession = (arn: string, role: string) =>
  arn.startsWith(role) && /^[^/]+$/.test(arn.slice(role.length))

/** Whether somebody may decide in a channel: a member of a group of approvers. */
export const mayDecide = ({ approvers, groups }: Routing, { name }: Person): boolean =>
  approvers.some((group) => groups[group]?.members.includes(name))
