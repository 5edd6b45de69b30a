import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { Outcome } from '../../engine/outcome.ts'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import { preview } from '../../engine/preview.ts'
import { schedulerRoleName } from '../../engine/role-names.ts'
import { readSettings } from '../../engine/settings.ts'
import type { AnyTarget } from '../../engine/target.ts'
import { deadLetterQueueName } from '../../infrastructure/stack/events/dead-letters.ts'
import { layerOf } from '../../infrastructure/stack/layers.ts'
import { partitionOf } from '../../lib/partition.ts'

/** The identity that makes the live reads. */
export interface CallerIdentity {
  arn: string
  account: string
  region: string
}

/** The identity of the credentials. Throws errors of AWS. */
export async function callerIdentity(): Promise<CallerIdentity> {
  const sts = new STSClient({})
  const region = await sts.config.region()
  const { Arn = '', Account = '' } = await sts.send(new GetCallerIdentityCommand({}))
  return { arn: Arn, account: Account, region }
}

/** The deployed environment of a playbook's function; undefined when it is not deployed or not accessible. */
export async function deployedAs(
  prefix: string,
  playbook: string,
): Promise<Record<string, string> | undefined> {
  const asked = new GetFunctionConfigurationCommand({ FunctionName: `${prefix}-${playbook}` })
  try {
    return (await new LambdaClient({}).send(asked)).Environment?.Variables
  } catch (error) {
    if (error instanceof Error && inaccessible.test(error.name)) return undefined
    throw error
  }
}

const inaccessible = /^(ResourceNotFound|AccessDenied|UnrecognizedClient|NotImplemented|InternalFailure)/

/** The environment that infrastructure/stack.ts gives a playbook's function, for one that is not deployed. */
export function environmentOfFunction(
  prefix: string,
  playbook: string,
  caller: CallerIdentity,
  functions: string[],
) {
  const { account, region } = caller
  const arn = (service: string, rest: string) =>
    `arn:${partitionOf(region)}:${service}:${region}:${account}:${rest}`
  const queue = deadLetterQueueName(prefix, layerOf(playbook))
  return {
    PORTCULLIS_PREFIX: prefix,
    PORTCULLIS_TABLE: `${prefix}-journal`,
    PORTCULLIS_SCHEDULE_GROUP: `${prefix}-${playbook}`,
    PORTCULLIS_SCHEDULE_ROLE: `arn:${partitionOf(region)}:iam::${account}:role/${schedulerRoleName(prefix, playbook)}`,
    PORTCULLIS_FUNCTION: arn('lambda', `function:${prefix}-${playbook}`),
    PORTCULLIS_DEAD_LETTERS: `https://sqs.${region}.amazonaws.com/${account}/${queue}`,
    PORTCULLIS_DEAD_LETTERS_ARN: arn('sqs', queue),
    PORTCULLIS_TOPIC: arn('sns', `${prefix}-alerts`),
    PORTCULLIS_ACCOUNT: account,
    PORTCULLIS_PLAYBOOKS: functions.join(','),
  }
}

/**
 * What a containment would change now, from live reads with the caller's credentials; no writes. Sets the environment of
 * the playbook's function in this process. Throws errors of AWS.
 */
export function planLive(
  playbook: AnyPlaybook,
  target: AnyTarget,
  environment: Record<string, string>,
  { account, region }: CallerIdentity,
): Promise<Outcome> {
  for (const [name, value] of Object.entries(environment))
    if (name.startsWith('PORTCULLIS_')) process.env[name] = value
  process.env.AWS_REGION ??= region
  // Only the functions can assume the member role: the caller needs credentials for the account of the target.
  return preview({ playbook, target, settings: { ...readSettings(), account } })
}
