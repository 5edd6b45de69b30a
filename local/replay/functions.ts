import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type { By } from '../../engine/command.ts'
import type { Containment } from '../../engine/journal/record.ts'
import { StackName } from '../deploy.ts'

/** The responder who decides in a replay. */
const maria: By = { who: 'maria', how: 'npm start' }
export const { who: responder } = maria

/** Approves exactly the plan of this proposal. */
export const approveAsMaria = (record: Containment): Promise<void> =>
  send(record, { do: 'contain', plan: record.plan.hash, by: maria })

/** Denies a proposal, with a reason. */
export const deny = (record: Containment, reason: string): Promise<void> =>
  send(record, { do: 'release', by: { ...maria, reason } })

/** Sends the command that a button, the console or the scheduler sends to the same function. */
async function send({ id, playbook, target }: Containment, command: object): Promise<void> {
  const Payload = JSON.stringify({ ...command, target, containment: id })
  const FunctionName = `${StackName}-${playbook}`
  const answer = await new LambdaClient({}).send(new InvokeCommand({ FunctionName, Payload }))
  if (answer.FunctionError) throw new Error(`${FunctionName} failed: ${answer.Payload?.transformToString()}`)
}

/** How often a playbook's function has answered `already` since then; only its log says so. */
export async function answeredAlready(playbook: string, since: number): Promise<number> {
  const logGroupName = `/aws/lambda/${StackName}-${playbook}`
  const { events = [] } = await new CloudWatchLogsClient({}).send(
    new FilterLogEventsCommand({ logGroupName }),
  )
  const lines = events.flatMap(({ message = '' }) => (message.startsWith('{') ? [JSON.parse(message)] : []))
  return lines.filter(({ message, timestamp }) => message === 'already' && Date.parse(timestamp) >= since)
    .length
}
