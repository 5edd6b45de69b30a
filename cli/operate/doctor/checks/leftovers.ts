import { GetQueueAttributesCommand, paginateListQueues, SQSClient } from '@aws-sdk/client-sqs'
import { pauseLines, readPauses } from '../../stage/pauses.ts'
import { type DoctorCheck, failedCheck, passedCheck, warningCheck } from '../check.ts'

export const deadLettersCheck: DoctorCheck = {
  name: 'dead-letters',
  title: 'dead letters',
  why: 'each message is an event that was not handled',
  fix: 'read them (aws sqs receive-message --queue-url <url>), remove the cause, then redrive or delete them',
  deployed: true,
  async check({ prefix }) {
    // Emulators return queue URLs with another address than the one they listen on.
    const sqs = new SQSClient({ useQueueUrlAsEndpoint: false })
    const pages = await Array.fromAsync(
      paginateListQueues({ client: sqs }, { QueueNamePrefix: `${prefix}-` }),
    )
    const urls = pages
      .flatMap(({ QueueUrls = [] }) => QueueUrls)
      .filter((url) => /-dead-letters(\.fifo)?$/.test(url))
    const each = urls.map(async (QueueUrl) => {
      const AttributeNames = ['ApproximateNumberOfMessages' as const]
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))
      return { QueueUrl, count: Number(Attributes?.ApproximateNumberOfMessages ?? 0) }
    })
    const full = (await Promise.all(each)).filter(({ count }) => count > 0)
    const says = full.map(({ QueueUrl, count }) => `${count} in ${QueueUrl.split('/').at(-1)}`).join(', ')
    return full.length > 0 ? failedCheck(says) : passedCheck(`none in ${urls.length} queues`)
  },
}

export const pauses: DoctorCheck = {
  name: 'pauses',
  title: 'pauses',
  why: 'a paused playbook only observes, and approvals are not applied',
  fix: 'portcullis resume',
  deployed: true,
  async check({ table }) {
    const lines = pauseLines(await readPauses(table, new Date()))
    return lines.length > 0
      ? warningCheck(lines.map((line) => line.replace(/^PAUSED +/, '')).join('; '))
      : passedCheck('none')
  },
}
