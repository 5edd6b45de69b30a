import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type { By } from '../../engine/command.ts'
import type { Containment } from '../../engine/journal/record.ts'
import { StackName } from '../deploy.ts'

/** Who decides in this story. */
const maria: By = { who: 'maria', how: 'npm start' }
export const { who: responder } = maria

/** A person consents to a proposal: to exactly the plan that was shown. */
export const approveAsMaria = (record: Containment): Promise<void> =>
  send(record, { do: 'contain', plan: record.plan.hash, by: maria })

/** A person denies a proposal, and says why. */
export const deny = (record: Containment, reason: string): Promise<void> =>
  send(record, { do: 'release', by: { ...maria, reason } })

/** The same command to the same function as from a button, a console or the clock. */
async function send({ id, playbook, target }: Containment, command: object): Promise<void> {
  const Payload = JSON.stringify({ ...command, target, containment: id })
  const FunctionName = `${StackName}-${playbook}`
  const answer = await new LambdaClient({}).send(new InvokeCommand({ FunctionName, Payload }))
  if (answer.FunctionError) throw new Error(`${FunctionName} failed: ${answer.Payload?.transformToString()}`)
}

/** How often a playbook's function answered since then that its work was done already: only its log says so. */
export async function answeredAlready(playbook: string, since: number): Promise<number> {
  const logGroupName = `/aws/lambda/${StackName}-${playbook}`
  const { events = [] } = await new CloudWatchLogsClient({}).send(
    new FilterLogEventsCommand({ logGroupName }),
  )
  const lines = events.flatMap(({ message = '' }) => (message.startsWith('{') ? [JSON.parse(message)] : []))
  return lines.filter(({ message, timestamp }) => message === 'already' && Date.parse(timestamp) >= since)
    .length
}
