import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import type { Containment, Step } from '../../engine/journal/record.ts'
import { containmentText, noticeText, type Text } from '../messages/text.ts'
import { type Channel, type DeliveryContext, severityOf } from './channel.ts'
import { snsTakes } from './route.ts'

/** A text for each state that each containment has come to: what needs nobody's token, and what all else falls back to. */
export const sns: Channel = {
  name: 'sns',
  used: () => true,

  async incident({ containments }, held, desk) {
    const taken = containments.filter(({ severity }) => snsTakes(desk.stage, severity))
    const news = taken.flatMap((record) => newsOf(record, held.row.told).map((step) => ({ record, step })))
    for (const { record, step } of news.toSorted((a, b) => (a.step.at < b.step.at ? -1 : 1))) {
      await publish(containmentText(asOf(record, step)), desk)
      const others = (held.row.told ?? []).filter((one) => !one.startsWith(`${record.id} `))
      await held.save({ told: [...others, `${record.id} ${step.at} ${step.status}`] })
    }
  },

  async notice(notice, held, desk) {
    if (held.row.told || !snsTakes(desk.stage, severityOf(notice))) return
    await publish(noticeText(notice), desk)
    await held.save({ told: ['told'] })
  },
}

/** The steps after the last that was told which brought it to another state. */
function newsOf({ id, history }: Containment, told: string[] = []): Step[] {
  const [, at = '', status = ''] = told.find((one) => one.startsWith(`${id} `))?.split(' ') ?? []
  return history.filter(
    (step, place) =>
      // `containing` is over in a second, and what follows it is told.
      step.status !== 'containing' &&
      step.status !== history[place - 1]?.status &&
      (step.at > at || (step.at === at && step.status !== status)),
  )
}

/** The record as it was when it came to that state: what failed, or was changed by others, is known of the last only. */
function asOf(record: Containment, step: Step): Containment {
  const place = record.history.indexOf(step)
  if (record.history.slice(place).every(({ status }) => status === record.status)) return record
  const { failure: _, strays: __, ...rest } = record
  return { ...rest, status: step.status, history: record.history.slice(0, place + 1) }
}

let client: SNSClient | undefined

async function publish({ subject, body }: Text, { topic }: DeliveryContext): Promise<void> {
  client ??= new SNSClient({})
  await client.send(new PublishCommand({ TopicArn: topic, Subject: subject, Message: body }))
}
