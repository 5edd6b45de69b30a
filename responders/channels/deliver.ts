import { readIncident } from '../../engine/journal/incidents.ts'
import { bareRouting } from '../routing.ts'
import type { Channel, DeliveryContext } from './channel.ts'
import { deliveryFailed, failureNoticePrefix } from './delivery-failed.ts'
import type { HeldLease } from './lease.ts'
import { messageKeyOf, type News } from './news.ts'
import { readDigest, readNotice } from './read.ts'
import { reconcile } from './reconcile.ts'
import { channelNamed, channelNames } from './registry.ts'
import type { DeliveryTask } from './retry.ts'
import { type KnownParameters, readParameters } from './secrets.ts'
import { readChannelSettings } from './settings.ts'

/** Work that is not done by then is left to the next try: Lambda ends the function after 60 seconds. */
const patienceMs = 25_000

/** Delivers to every channel. A channel that fails does not stop the others. */
export async function deliverToAll(news: News): Promise<void> {
  const deliveries = channelNames.map((channel) => deliver({ news, channel, tries: 0 }))
  const failed = (await Promise.allSettled(deliveries)).find(({ status }) => status === 'rejected')
  if (failed) throw (failed as PromiseRejectedResult).reason
}

/** Brings one message in one channel up to date. Throws only when it can be neither delivered nor scheduled again. */
export async function deliver(task: DeliveryTask): Promise<void> {
  const settings = readChannelSettings()
  const { news } = task
  const channel = channelNamed(task.channel)
  if ('notice' in news && news.notice.startsWith(failureNoticePrefix(channel.name))) return
  if ('digest' in news && !channel.digest) return
  try {
    const known = await knownBy(channel, settings.prefix)
    const review = settings.review && {
      ...settings.review,
      base: known.routing.review ?? settings.review.base,
    }
    const context = { ...settings, ...known, review, until: Date.now() + patienceMs }
    if (!channel.isUsed(context)) return
    await reconcile(messageKeyOf(news, channel.name), channel.name, context, (lease) =>
      refresh(channel, news, lease, context),
    )
  } catch (error) {
    await deliveryFailed(task, error, settings)
  }
}

async function refresh(
  channel: Channel,
  news: News,
  lease: HeldLease,
  context: DeliveryContext,
): Promise<void> {
  if ('incident' in news) {
    const incident = await readIncident(news.incident, context.table)
    if (incident) await channel.incident(incident, lease, context)
  } else if ('notice' in news) {
    const notice = await readNotice(news.notice, context.table)
    if (notice) await channel.notice(notice, lease, context)
  } else {
    const digest = await readDigest(news.digest.since, news.digest.until, context.table)
    if (digest.views.length > 0) await channel.digest?.(digest, lease, context)
  }
}

const knownBy = ({ worksWithoutRouting }: Channel, prefix: string): Promise<KnownParameters> =>
  readParameters(prefix).catch((error) => {
    if (worksWithoutRouting) return { routing: bareRouting }
    throw error
  })
