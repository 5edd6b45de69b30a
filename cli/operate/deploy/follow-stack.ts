import { CloudFormationClient, paginateDescribeStackEvents } from '@aws-sdk/client-cloudformation'

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

/** Resources completed since then, oldest first. CloudFormation lists the whole history, newest first. */
export async function doneSince(StackName: string, since: Date): Promise<CompletedResource[]> {
  const found: CompletedResource[] = []
  const pages = paginateDescribeStackEvents({ client: new CloudFormationClient({}) }, { StackName })
  for await (const { StackEvents = [] } of pages) {
    for (const one of StackEvents) {
      const { LogicalResourceId: id = '', ResourceType: type = '', ResourceStatus: status = '' } = one
      const at = one.Timestamp ?? new Date()
      if (at < since || type === 'AWS::CloudFormation::Stack' || !ended.test(status)) continue
      found.push({ id, type, status, why: one.ResourceStatusReason, at })
    }
    if (StackEvents.some(({ Timestamp = since }) => Timestamp < since)) break
  }
  return found.toSorted((a, b) => Number(a.at) - Number(b.at))
}
