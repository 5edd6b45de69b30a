import { readIncident } from '../../engine/journal/incidents.ts'
import { bareRouting } from '../routing.ts'
import { type Channel, type ChannelName, channelNames, type DeliveryContext } from './channel.ts'
import { deliveryFailed, failureAbout } from './failed.ts'
import type { HeldLease } from './lease.ts'
import { mail } from './mail.ts'
import { keyOf, type News } from './news.ts'
import { readDigest, readNotice } from './read.ts'
import { reconcile } from './reconcile.ts'
import type { DeliveryTask } from './retry.ts'
import { type KnownParameters, readParameters } from './secrets.ts'
import { readChannelSettings } from './settings.ts'
import { slack } from './slack.ts'
import { sns } from './sns.ts'

/** Whoever is not done by then leaves it to the next try: a function is ended after sixty seconds. */
const patience = 25_000

const channels: Record<ChannelName, Channel> = { slack, mail, sns }

/** Tells people of it everywhere; one channel that fails keeps no other from being told. */
export async function tellAll(news: News): Promise<void> {
  const told = channelNames.map((channel) => deliver({ news, channel, tries: 0 }))
  const lost = (await Promise.allSettled(told)).find(({ status }) => status === 'rejected')
  if (lost) throw (lost as PromiseRejectedResult).reason
}

/** Brings one message up to date. Throws only when it can be neither told nor put off. */
export async function deliver(errand: DeliveryTask): Promise<void> {
  const settings = readChannelSettings()
  const { news } = errand
  const channel = channels[errand.channel]
  if ('notice' in news && news.notice.startsWith(failureAbout(channel.name))) return
  if ('digest' in news && !channel.digest) return
  try {
    const known = await knownBy(channel, settings.prefix)
    const review = settings.review && { ...settings.review, base: known.stage.review ?? settings.review.base }
    const desk = { ...settings, ...known, review, until: Date.now() + patience }
    if (!channel.used(desk)) return
    await reconcile(keyOf(news, channel.name), channel.name, desk, (held) => bring(channel, news, held, desk))
  } catch (error) {
    await deliveryFailed(errand, error, settings)
  }
}

async function bring(channel: Channel, news: News, held: HeldLease, desk: DeliveryContext): Promise<void> {
  if ('incident' in news) {
    const incident = await readIncident(news.incident, desk.table)
    if (incident) await channel.incident(incident, held, desk)
  } else if ('notice' in news) {
    const notice = await readNotice(news.notice, desk.table)
    if (notice) await channel.notice(notice, held, desk)
  } else {
    const digest = await readDigest(news.digest.since, news.digest.until, desk.table)
    if (digest.views.length > 0) await channel.digest?.(digest, held, desk)
  }
}

// Whatever becomes of the stage's file: the topic is told.
const knownBy = ({ name }: Channel, prefix: string): Promise<KnownParameters> =>
  readParameters(prefix).catch((error) => {
    if (name === 'sns') return { stage: bareRouting }
    throw error
  })
