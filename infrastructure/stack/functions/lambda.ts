import type { Statement } from '../../../engine/policy.ts'
import { functionRoleName } from '../../../engine/role-names.ts'
import type { Deployment } from '../deployment.ts'
import { ownOf, readPatterns, resourceDenials } from '../permissions/denials.ts'
import { role, trust } from '../permissions/role.ts'
import { managedPolicyArn } from '../permissions/shared.ts'
import {
  arn,
  logicalId,
  type PolicyDocument,
  policyDocument,
  type Resources,
  substituted,
} from '../template/template.ts'

/** One function of the stack, and everything it may do. */
export interface Lambda {
  name: string
  /** What it is for, in the console. */
  description: string
  /** What it does to the stack itself, besides writing its log and its dead letters. */
  own: Statement[]
  /** What it does to other resources. */
  grants: Statement[]
  /** Actions that only read: allowed where everything else is denied. */
  reads: string[]
  /** Names of the managed policies that its role has. */
  managed: string[]
  environment: Record<string, string>
  /** The queue for events it failed to process; none where an event holds prompts, which may not be kept. */
  deadLetters: string | undefined
  /** It is invoked asynchronously, and a failed event goes to the queue above. */
  async?: true
  /** Its role's ARN. */
  role: string
}

const secondsAnHour = 3600

/** What osls deploys: code, log group, and the destination of events for which the function failed for good. */
export const functionOf = (it: Lambda, { prefix }: Deployment) => ({
  name: `${prefix}-${it.name}`,
  description: it.description,
  handler: 'index.handler',
  // Without `individually` osls deploys a package only in the run that made it.
  package: { artifact: `.build/${it.name}.zip`, individually: true },
  // Not `Fn::GetAtt`: to that osls adds a dependency on the role that is there already.
  role: substituted(it.role),
  environment: substituted(it.environment),
  ...(it.async && {
    maximumRetryAttempts: 2,
    maximumEventAge: 6 * secondsAnHour,
    destinations: {
      onFailure: { type: 'sqs', arn: substituted(arn('sqs', it.deadLetters ?? '')) },
    },
  }),
})

/** The logical id that osls gives a function. */
export const functionId = (name: string): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', 'Dash')}LambdaFunction`

/** The role of a function. */
export const functionRole = (lambda: Lambda, { prefix }: Deployment): Resources => ({
  [logicalId(lambda.name, 'Role')]: role(
    functionRoleName(prefix, lambda.name),
    trust('lambda.amazonaws.com'),
    policyOf(lambda, prefix),
    lambda.managed.map(managedPolicyArn),
  ),
})

/** What a function's inline policy says: everything that is not the same for other functions. Pure. */
export function policyOf({ name, own, grants, reads, deadLetters }: Lambda, prefix: string): PolicyDocument {
  const mine: Statement[] = [
    ...own,
    {
      Sid: 'WriteLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: arn('logs', `log-group:/aws/lambda/${prefix}-${name}:*`),
    },
    ...(deadLetters === undefined
      ? []
      : [
          {
            Sid: 'SendDeadLetters',
            Effect: 'Allow' as const,
            Action: 'sqs:SendMessage',
            Resource: arn('sqs', deadLetters),
          },
        ]),
  ]
  const excepted = [...mine.flatMap(({ Action }) => Action), ...readPatterns(reads)]
  return policyDocument<PolicyDocument['Statement'][number]>(
    ...grants,
    ...mine,
    ...resourceDenials(excepted, ownOf(prefix)),
  )
}
