import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { routingOfStage } from '../../../infrastructure/stack/responders/routing-of-stage.ts'
import type { Routing } from '../../../responders/routing.ts'

/** The deployed stack, as CloudFormation describes it. */
export interface DeployedStack {
  status: string
  outputs: Record<string, string>
}

/** A stage in an account and Region: the names of its resources, its stack and its routing. */
export interface StagePlace {
  stage: string
  /** `portcullis-<stage>`: the name of the stack, and the prefix of the names of its resources. */
  prefix: string
  region: string
  /** The DynamoDB table of the journal. */
  table: string
  /** Undefined before the first deployment. */
  stack: DeployedStack | undefined
  /** The routing in `infrastructure/stages/<stage>.json`, whatever is deployed. */
  responders: Routing
}

interface Settings {
  stage: string
  prefix: string
  table: string
}

/** Reads the stack and the routing of a stage. Throws errors of AWS, and for an invalid `infrastructure/stages/<stage>.json`. */
export async function stagePlaceOf({ stage, prefix, table }: Settings): Promise<StagePlace> {
  const cloud = new CloudFormationClient({})
  const [region, stack] = await Promise.all([cloud.config.region(), stackOf(prefix, cloud)])
  return { stage, prefix, table, region, stack, responders: routingOfStage(stage) }
}

/** The stack of this name; undefined when there is none. */
export async function stackOf(
  StackName: string,
  cloud = new CloudFormationClient({}),
): Promise<DeployedStack | undefined> {
  const { Stacks = [] } = await cloud.send(new DescribeStacksCommand({ StackName })).catch((error) => {
    if (isMissing(error)) return { Stacks: [] }
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

/** CloudFormation has no separate error for a missing stack. Source: CloudFormation API reference, DescribeStacks. */
const isMissing = ({ name, message }: Error): boolean =>
  name === 'ValidationError' && /not exist/.test(message)
