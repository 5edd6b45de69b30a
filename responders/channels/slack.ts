import type { Incident } from '../../engine/journal/record.ts'
import { digest } from '../../lib/canonical.ts'
import { slackDigest } from '../messages/digest.ts'
import { slackNotice } from '../messages/notice.ts'
import { slackReplies } from '../messages/replies.ts'
import { slackMessage } from '../messages/slack.ts'
import type { View } from '../messages/view.ts'
import { viewOf } from '../messages/view-of.ts'
import { type SlackRoute, takes } from '../routing.ts'
import { type Channel, type DeliveryContext, severityOf, waits } from './channel.ts'
import { countFlood, joinFlood } from './flood.ts'
import type { HeldLease } from './lease.ts'
import { mentionOf, slackRoute } from './route.ts'
import { type PostedMessage, slackFor } from './slack-post.ts'

/** A thread of more replies than this nobody reads; the message above it goes on being edited. */
const mostReplies = 500

/** One living message an incident, edited; what changed since is told in its thread, each once, in order. */
export const slack: Channel = {
  name: 'slack',
  used: ({ stage }) => stage.slack !== undefined,

  async incident(incident, held, desk) {
    const view = viewOf(incident, new Date())
    const route = slackRoute(desk.stage, view.severity)
    if (!held.row.ts && (waits(view) || !route)) return
    if (route && moves(held, view, route)) await moveOn(held, view, route, desk)
    if (!held.row.ts && route) return begin(incident, view, route, held, desk)
    await goOn(incident, view, route, held, desk)
  },

  async notice(notice, held, desk) {
    const route = slackRoute(desk.stage, severityOf(notice))
    if (route) await once(slackNotice(notice), route, held, desk)
  },

  async digest({ views }, held, desk) {
    const route = slackRoute(desk.stage, 'low')
    if (route) await once(slackDigest(views), route, held, desk)
  },
}

async function begin(
  incident: Incident,
  view: View,
  route: SlackRoute,
  held: HeldLease,
  desk: DeliveryContext,
): Promise<void> {
  const { channel } = route
  const { post, find, link } = slackFor(desk)
  const thread = await joinFlood(incident, channel, desk)
  // The first of a flood have called everybody who comes.
  const mention = thread ? undefined : mentionOf(desk.stage, route)
  const message = slackMessage(view, mention ? { mention } : {})
  const { posting } = held.row
  const found = posting && (await find(incident.id, channel, posting))
  if (!posting) await held.save({ posting: new Date().toISOString() })
  const ts = found || (await post(message, { channel, thread, incident: incident.id }))
  await held.save({
    place: channel,
    ts,
    thread,
    posting: undefined,
    severity: view.severity,
    // What was found may show how it was then.
    hash: found ? undefined : hashOf(message),
    called: cause(view),
    link: await link(channel, ts),
    // What led to it stands in the message itself.
    ...(thread && { told: slackReplies([], incident).map(({ key }) => key) }),
  })
  if (thread) await countFlood(incident, channel, desk)
  await goOn(incident, view, route, held, desk)
}

async function goOn(
  incident: Incident,
  view: View,
  route: SlackRoute | undefined,
  held: HeldLease,
  desk: DeliveryContext,
): Promise<void> {
  const { place = '', ts = '', thread, hash, called } = held.row
  const mention = route && !thread ? mentionOf(desk.stage, route) : undefined
  const message = slackMessage(view, mention ? { mention } : {})
  if (hash !== hashOf(message)) {
    if (!(await slackFor(desk).edit(message, place, ts))) {
      // Somebody deleted it.
      await held.save({ ts: undefined, thread: undefined })
      if (route) await begin(incident, view, route, held, desk)
      return
    }
    await held.save({ hash: hashOf(message), severity: view.severity })
  }
  // An edit wakes nobody: the group is called in the thread.
  const calls = view.mention && called !== cause(view) ? mention : undefined
  await reply(incident, held, desk, calls)
  if (called !== cause(view)) await held.save({ called: cause(view) })
}

async function reply(
  incident: Incident,
  held: HeldLease,
  desk: DeliveryContext,
  mention?: string,
): Promise<void> {
  const { place = '', ts, thread, told = [] } = held.row
  const { post } = slackFor(desk)
  const untold = slackReplies(told, incident).slice(0, Math.max(0, mostReplies - told.length))
  for (const [at, { key, text }] of untold.entries()) {
    const calls = mention && at === untold.length - 1 ? ` <!subteam^${mention}>` : ''
    // In the thread of a flood it must say which.
    const which = thread ? `${incident.id}: ` : ''
    await post({ text: `${which}${text}${calls}` }, { channel: place, thread: thread ?? ts })
    await held.save({ told: [...(held.row.told ?? []), key] })
  }
}

/** Whether it has become so grave that others must see it. */
const moves = ({ row: { ts, place, severity } }: HeldLease, view: View, { channel }: SlackRoute): boolean =>
  ts !== undefined && place !== channel && severity !== undefined && !takes(view.severity, severity)

async function moveOn(
  held: HeldLease,
  view: View,
  { channel }: SlackRoute,
  desk: DeliveryContext,
): Promise<void> {
  const { place = '', ts = '' } = held.row
  const { text } = slackMessage(view, {})
  await slackFor(desk).edit({ text: `It goes on in <#${channel}>. ${text}` }, place, ts)
  await held.save({ ts: undefined, thread: undefined, hash: undefined })
}

async function once(
  message: PostedMessage,
  { channel }: SlackRoute,
  held: HeldLease,
  desk: DeliveryContext,
): Promise<void> {
  if (held.row.ts) return
  const ts = await slackFor(desk).post(message, { channel })
  await held.save({ place: channel, ts })
}

const hashOf = (message: PostedMessage) => digest(JSON.stringify(message))

/** What a group is called for: each state, and each containment that somebody must decide upon. */
const cause = ({ state, parts, mention }: View): string | undefined =>
  mention
    ? [state, ...parts.filter((part) => part.state === state).map((part) => part.containment)].join(' ')
    : undefined
