import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import type { Containment, Step } from '../../engine/journal/record.ts'
import { containmentText, noticeText, type PlainMessage } from '../messages/text/plain-message.ts'
import { type Channel, type DeliveryContext, noticeSeverityOf } from './channel.ts'
import { snsTakes } from './routes.ts'

/** One text for each state of each containment. It needs no token and no routing, so it works when all else fails. */
export const snsChannel: Channel = {
  name: 'sns',
  title: 'SNS',
  isUsed: () => true,
  worksWithoutRouting: true,

  async incident({ containments }, lease, context) {
    const taken = containments.filter(({ severity }) => snsTakes(context.routing, severity))
    const pending = taken.flatMap((record) =>
      unsentSteps(record, lease.row.told).map((step) => ({ record, step })),
    )
    for (const { record, step } of pending.toSorted((a, b) => (a.step.at < b.step.at ? -1 : 1))) {
      await publish(containmentText(asOf(record, step), stageOf(context)), context)
      const others = (lease.row.told ?? []).filter((one) => !one.startsWith(`${record.id} `))
      await lease.save({ told: [...others, `${record.id} ${step.at} ${step.status}`] })
    }
  },

  async notice(notice, lease, context) {
    if (lease.row.told || !snsTakes(context.routing, noticeSeverityOf(notice))) return
    await publish(noticeText(notice), context)
    await lease.save({ told: ['told'] })
  },
}

/** The steps after the last one sent that changed the containment's state. */
function unsentSteps({ id, history }: Containment, told: string[] = []): Step[] {
  const [, at = '', status = ''] = told.find((one) => one.startsWith(`${id} `))?.split(' ') ?? []
  return history.filter(
    (step, index) =>
      // `containing` lasts about a second, and the next state is sent.
      step.status !== 'containing' &&
      step.status !== history[index - 1]?.status &&
      (step.at > at || (step.at === at && step.status !== status)),
  )
}

/** The record as it was at that step. Failures and changes by others are known only for the last state. */
function asOf(record: Containment, step: Step): Containment {
  const index = record.history.indexOf(step)
  if (record.history.slice(index).every(({ status }) => status === record.status)) return record
  const { failure: _, strays: __, ...rest } = record
  return { ...rest, status: step.status, history: record.history.slice(0, index + 1) }
}

const stageOf = ({ prefix }: DeliveryContext): string => prefix.replace(/^portcullis-/, '')

let client: SNSClient | undefined

async function publish({ subject, body }: PlainMessage, { topic }: DeliveryContext): Promise<void> {
  client ??= new SNSClient({})
  await client.send(new PublishCommand({ TopicArn: topic, Subject: subject, Message: body }))
}
