import {
  CloudFormationClient,
  paginateDescribeStackEvents,
  type StackEvent,
} from '@aws-sdk/client-cloudformation'

/** A resource whose operation has completed or failed. */
export interface CompletedResource {
  id: string
  type: string
  /** `CREATE_COMPLETE`, `UPDATE_FAILED`. */
  status: string
  why: string | undefined
  at: Date
}

const pollMs = 1_500
const ended = /_(COMPLETE|FAILED)$/

/**
 * Reports each resource once, when CloudFormation has completed it, until `work` has ended. A failed poll is repeated
 * at the next interval; before the stack exists there is nothing to report.
 */
export async function follow<T>(
  StackName: string,
  work: Promise<T>,
  tell: (done: CompletedResource) => void,
): Promise<T> {
  const since = new Date(Date.now() - 1_000)
  const reported = new Set<string>()
  let isOver = false
  const end = () => {
    isOver = true
  }
  work.then(end, end)
  while (!isOver) {
    await news()
    await Promise.race([work.then(end, end), new Promise((resolve) => setTimeout(resolve, pollMs).unref())])
  }
  await news()
  return work

  async function news(): Promise<void> {
    const events = await doneSince(StackName, since).catch(() => [])
    for (const one of events) {
      const key = `${one.id} ${one.status} ${one.at.toISOString()}`
      if (reported.has(key)) continue
      reported.add(key)
      tell(one)
    }
  }
}

/** Resources of the stack and of its nested stacks that were completed since then, oldest first. */
export async function doneSince(StackName: string, since: Date): Promise<CompletedResource[]> {
  const events = await eventsSince(StackName, since)
  const stacks = events.filter(({ ResourceType }) => ResourceType === 'AWS::CloudFormation::Stack')
  const nested = new Set(stacks.map(({ PhysicalResourceId, StackId }) => PhysicalResourceId || StackId))
  for (const { StackId } of stacks) nested.delete(StackId)
  const others = await Promise.all([...nested].map((id) => eventsSince(id ?? '', since)))
  return [...events, ...others.flat()]
    .flatMap(({ LogicalResourceId: id = '', ResourceType: type = '', ...one }) => {
      const { ResourceStatus: status = '', Timestamp: at = new Date(), ResourceStatusReason: why } = one
      return type === 'AWS::CloudFormation::Stack' || !ended.test(status)
        ? []
        : [{ id, type, status, why, at }]
    })
    .toSorted((a, b) => Number(a.at) - Number(b.at))
}

/** The events of one stack since then; CloudFormation returns the newest first, and the whole history. */
async function eventsSince(StackName: string, since: Date): Promise<StackEvent[]> {
  const found: StackEvent[] = []
  const pages = paginateDescribeStackEvents({ client: new CloudFormationClient({}) }, { StackName })
  for await (const { StackEvents = [] } of pages) {
    found.push(...StackEvents.filter(({ Timestamp = since }) => Timestamp >= since))
    if (StackEvents.some(({ Timestamp = since }) => Timestamp < since)) break
  }
  return found
}
