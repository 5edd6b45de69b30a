import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { respondersOf } from '../../../infrastructure/stack/responders/responders.ts'
import type { Routing } from '../../../responders/routing.ts'

/** The deployed stack, as CloudFormation tells of it. */
export interface Stack {
  status: string
  outputs: Record<string, string>
}

/** Where an operator looks and works. */
export interface StagePlace {
  stage: string
  /** `portcullis-<stage>`: the name of the stack, and what the names of everything in it begin with. */
  prefix: string
  region: string
  /** The journal's table. */
  table: string
  /** Nothing before the first deploy. */
  stack: Stack | undefined
  /** Who is told what: the reviewed file, whatever is deployed. */
  responders: Routing
}

interface Settings {
  stage: string
  prefix: string
  table: string
}

/** The place of these settings. Throws what AWS says, and what is wrong in `stages/<stage>.json`. */
export async function stagePlaceOf({ stage, prefix, table }: Settings): Promise<StagePlace> {
  const cloud = new CloudFormationClient({})
  const [region, stack] = await Promise.all([cloud.config.region(), stackOf(prefix, cloud)])
  return { stage, prefix, table, region, stack, responders: respondersOf(stage) }
}

/** The stack of this name; nothing when there is none. */
export async function stackOf(
  StackName: string,
  cloud = new CloudFormationClient({}),
): Promise<Stack | undefined> {
  const { Stacks = [] } = await cloud.send(new DescribeStacksCommand({ StackName })).catch((error) => {
    if (isNone(error)) return { Stacks: [] }
    throw error
  })
  const [found] = Stacks
  if (!found || found.StackStatus === 'DELETE_COMPLETE') return undefined
  const outputs = (found.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
    OutputKey,
    OutputValue,
  ])
  return { status: found.StackStatus ?? '', outputs: Object.fromEntries(outputs) }
}

/** CloudFormation has no error of its own for it. Source: CloudFormation API reference, DescribeStacks. */
const isNone = ({ name, message }: Error): boolean => name === 'ValidationError' && /not exist/.test(message)

/** AWS is on this machine: emulators, started by whoever set AWS_ENDPOINT_URL. */
export function isLoopback({ AWS_ENDPOINT_URL: url }: NodeJS.ProcessEnv = process.env): boolean {
  if (!url || !URL.canParse(url)) return false
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)
}
