import type { Incident } from '../../../engine/journal/record.ts'
import { digest } from '../../../lib/canonical.ts'
import { slackDigest } from '../../messages/slack/digest.ts'
import { slackMessage } from '../../messages/slack/message.ts'
import { slackNotice } from '../../messages/slack/notice.ts'
import { slackReplies } from '../../messages/slack/replies.ts'
import type { IncidentView } from '../../messages/view/incident-view.ts'
import { viewOf } from '../../messages/view/view-of.ts'
import { type SlackRoute, takes } from '../../routing.ts'
import { type Channel, type DeliveryContext, noticeSeverityOf, waitsForDigest } from '../channel.ts'
import type { HeldLease } from '../lease.ts'
import { mentionOf, slackRoute } from '../routes.ts'
import { joinFlood, updateFloodCount } from './flood.ts'
import { type PostedMessage, slackClient } from './slack-client.ts'

/** Replies beyond this are not posted; the message above the thread is still updated. */
const maxReplies = 500

/** One message for each incident, edited in place; its thread gets one reply for each change, in order. */
export const slackChannel: Channel = {
  name: 'slack',
  title: 'Slack',
  isUsed: ({ routing }) => routing.slack !== undefined,

  async incident(incident, lease, context) {
    const view = viewOf(incident, new Date())
    const route = slackRoute(context.routing, view.severity)
    if (!lease.row.ts && (waitsForDigest(view) || !route)) return
    if (route && isEscalated(lease, view, route)) await moveTo(route, lease, view, context)
    if (!lease.row.ts && route) return post(incident, view, route, lease, context)
    await update(incident, view, route, lease, context)
  },

  async notice(notice, lease, context) {
    const route = slackRoute(context.routing, noticeSeverityOf(notice))
    if (route) await postOnce(slackNotice(notice), route, lease, context)
  },

  async digest({ views }, lease, context) {
    const route = slackRoute(context.routing, 'low')
    if (route) await postOnce(slackDigest(views), route, lease, context)
  },
}

async function post(
  incident: Incident,
  view: IncidentView,
  route: SlackRoute,
  lease: HeldLease,
  context: DeliveryContext,
): Promise<void> {
  const { channel } = route
  const slack = slackClient(context)
  const thread = await joinFlood(incident, channel, context)
  // In a flood, the first incidents have mentioned the group already.
  const mention = thread ? undefined : mentionOf(context.routing, route)
  const message = slackMessage(view, mention ? { mention } : {})
  const { posting } = lease.row
  const found = posting && (await slack.find(incident.id, channel, posting))
  if (!posting) await lease.save({ posting: new Date().toISOString() })
  const ts = found || (await slack.post(message, { channel, thread, incident: incident.id }))
  await lease.save({
    place: channel,
    ts,
    thread,
    posting: undefined,
    severity: view.severity,
    // A message that was found may show an earlier state.
    hash: found ? undefined : hashOf(message),
    called: mentionCause(view),
    link: await slack.link(channel, ts),
    // The message itself shows what led to this state.
    ...(thread && { told: slackReplies([], incident).map(({ key }) => key) }),
  })
  if (thread) await updateFloodCount(incident, channel, context)
  await update(incident, view, route, lease, context)
}

async function update(
  incident: Incident,
  view: IncidentView,
  route: SlackRoute | undefined,
  lease: HeldLease,
  context: DeliveryContext,
): Promise<void> {
  const { place = '', ts = '', thread, hash, called } = lease.row
  const mention = route && !thread ? mentionOf(context.routing, route) : undefined
  const message = slackMessage(view, mention ? { mention } : {})
  if (hash !== hashOf(message)) {
    if (!(await slackClient(context).edit(message, place, ts))) {
      // The message was deleted in Slack.
      await lease.save({ ts: undefined, thread: undefined })
      if (route) await post(incident, view, route, lease, context)
      return
    }
    await lease.save({ hash: hashOf(message), severity: view.severity })
  }
  // Slack sends no notification for an edit, so the group is mentioned in the thread.
  const cause = mentionCause(view)
  await reply(incident, lease, context, view.mention && called !== cause ? mention : undefined)
  if (called !== cause) await lease.save({ called: cause })
}

async function reply(
  incident: Incident,
  lease: HeldLease,
  context: DeliveryContext,
  mention?: string,
): Promise<void> {
  const { place = '', ts, thread, told = [] } = lease.row
  const slack = slackClient(context)
  const pending = slackReplies(told, incident).slice(0, Math.max(0, maxReplies - told.length))
  for (const [index, { key, text }] of pending.entries()) {
    const suffix = mention && index === pending.length - 1 ? ` <!subteam^${mention}>` : ''
    // The thread of a flood is shared, so each reply names its incident.
    const prefix = thread ? `${incident.id}: ` : ''
    await slack.post({ text: `${prefix}${text}${suffix}` }, { channel: place, thread: thread ?? ts })
    await lease.save({ told: [...(lease.row.told ?? []), key] })
  }
}

/** Whether the severity has risen since the message was posted and belongs in another channel now. */
const isEscalated = (
  { row: { ts, place, severity } }: HeldLease,
  view: IncidentView,
  { channel }: SlackRoute,
): boolean =>
  ts !== undefined && place !== channel && severity !== undefined && !takes(view.severity, severity)

async function moveTo(
  { channel }: SlackRoute,
  lease: HeldLease,
  view: IncidentView,
  context: DeliveryContext,
): Promise<void> {
  const { place = '', ts = '' } = lease.row
  const { text } = slackMessage(view, {})
  await slackClient(context).edit({ text: `Moved to <#${channel}>. ${text}` }, place, ts)
  await lease.save({ ts: undefined, thread: undefined, hash: undefined })
}

async function postOnce(
  message: PostedMessage,
  { channel }: SlackRoute,
  lease: HeldLease,
  context: DeliveryContext,
): Promise<void> {
  if (lease.row.ts) return
  const ts = await slackClient(context).post(message, { channel })
  await lease.save({ place: channel, ts })
}

const hashOf = (message: PostedMessage) => digest(JSON.stringify(message))

/** What the group is mentioned for: the state, and every containment in it that a person must decide on. */
const mentionCause = ({ state, parts, mention }: IncidentView): string | undefined =>
  mention
    ? [state, ...parts.filter((part) => part.state === state).map((part) => part.containment)].join(' ')
    : undefined
