import { type Severity, severities } from '../../engine/rule.ts'
import { type Person, type Routing, type SlackRoute, takes } from '../routing.ts'

/** The most specific Slack route that takes this severity; undefined when no route does. */
export const slackRoute = ({ slack }: Routing, severity: Severity): SlackRoute | undefined =>
  slack?.routes
    .filter(({ from }) => takes(from, severity))
    .toSorted((a, b) => severities.indexOf(b.from) - severities.indexOf(a.from))[0]

/** The Slack id of the user group that a route mentions. */
export const mentionOf = ({ groups }: Routing, { mention }: SlackRoute): string | undefined =>
  mention === undefined ? undefined : groups[mention]?.slack

/** Who gets a mail: the members with an address, of all groups in all routes that take this severity, once each. */
export function mailPeople(
  { people, groups, mail }: Routing,
  severity: Severity,
): (Person & { email: string })[] {
  const fitting = (mail?.routes ?? []).filter(({ from }) => takes(from, severity))
  const names = new Set(fitting.flatMap(({ to }) => to).flatMap((group) => groups[group]?.members ?? []))
  return people.filter((one): one is Person & { email: string } => names.has(one.name) && !!one.email)
}

/** Whether a channel of the routing's `channels` takes this severity. */
export const channelTakes = ({ channels }: Routing, channel: string, severity: Severity): boolean => {
  const route = channels?.[channel]
  return route !== undefined && takes(route.from, severity)
}

export const snsTakes = ({ sns }: Routing, severity: Severity): boolean => takes(sns.from, severity)
