import {
  CloudFormationClient,
  paginateDescribeStackEvents,
  type StackEvent,
} from '@aws-sdk/client-cloudformation'

/** One resource that CloudFormation is done with. */
export interface Done {
  id: string
  type: string
  /** `CREATE_COMPLETE`, `UPDATE_FAILED`. */
  status: string
  why: string | undefined
  at: Date
}

const every = 1_500
const over = /_(COMPLETE|FAILED)$/

/**
 * Tells of each resource once CloudFormation is done with it, until the work has ended: then once more for the rest.
 * Before the stack is there, nothing. What cannot be read is read the next time.
 */
export async function follow<T>(StackName: string, work: Promise<T>, tell: (done: Done) => void): Promise<T> {
  const since = new Date(Date.now() - 1_000)
  const told = new Set<string>()
  let ended = false
  const end = () => {
    ended = true
  }
  work.then(end, end)
  while (!ended) {
    await news()
    await Promise.race([work.then(end, end), new Promise((resolve) => setTimeout(resolve, every).unref())])
  }
  await news()
  return work

  async function news(): Promise<void> {
    const events = await doneSince(StackName, since).catch(() => [])
    for (const one of events) {
      const key = `${one.id} ${one.status} ${one.at.toISOString()}`
      if (told.has(key)) continue
      told.add(key)
      tell(one)
    }
  }
}

/** What was done since then in the stack and in its nested stacks, oldest first. */
export async function doneSince(StackName: string, since: Date): Promise<Done[]> {
  const events = await eventsSince(StackName, since)
  const stacks = events.filter(({ ResourceType }) => ResourceType === 'AWS::CloudFormation::Stack')
  const nested = new Set(stacks.map(({ PhysicalResourceId, StackId }) => PhysicalResourceId || StackId))
  for (const { StackId } of stacks) nested.delete(StackId)
  const others = await Promise.all([...nested].map((id) => eventsSince(id ?? '', since)))
  return [...events, ...others.flat()]
    .flatMap(({ LogicalResourceId: id = '', ResourceType: type = '', ...one }) => {
      const { ResourceStatus: status = '', Timestamp: at = new Date(), ResourceStatusReason: why } = one
      return type === 'AWS::CloudFormation::Stack' || !over.test(status)
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
