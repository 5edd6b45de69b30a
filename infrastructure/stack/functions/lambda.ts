import type { Statement } from '../../../engine/policy.ts'
import type { Deployment } from '../deployment.ts'
import { denials, ownOf } from '../permissions/denials.ts'
import { role, trust } from '../permissions/role.ts'
import {
  arn,
  arnOf,
  logicalId,
  type PolicyDocument,
  policyDocument,
  type Resources,
  substituted,
  the,
} from '../template/template.ts'

/** One function of the stack: the function of a playbook or of a file in functions/, and everything it may do. */
export interface Lambda {
  name: string
  /** What it is for, in the console. */
  says: string
  /** What it does to the stack itself, besides writing its log and its dead letters. */
  own: Statement[]
  /** What it does to others. */
  grants: Statement[]
  /** Actions that only look: allowed where everything else is denied. */
  reads: string[]
  environment: Record<string, string>
  /** What it is invoked with may not be kept: it holds prompts. What it fails for is in its errors alone. */
  secret?: true
}

const hours = 3600
const days = 24 * hours

/** What osls deploys: code, log group, and where an event goes for which the function failed for good. */
export const functionOf = ({ name, says, environment, secret }: Lambda, { prefix }: Deployment) => ({
  name: `${prefix}-${name}`,
  description: says,
  handler: 'index.handler',
  // Without `individually` osls deploys a package only in the run that made it.
  package: { artifact: `.build/${name}.zip`, individually: true },
  // Not `Fn::GetAtt`: to that osls adds a dependency on the role that is there already.
  role: substituted(the(`${logicalId(name, 'Role')}.Arn`)),
  environment: substituted(environment),
  maximumRetryAttempts: 2,
  maximumEventAge: 6 * hours,
  ...(!secret && {
    destinations: { onFailure: { type: 'sqs', arn: arnOf(logicalId(name, 'DeadLetters')) } },
  }),
})

/** The logical id that osls gives a function. */
export const functionId = (name: string): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', 'Dash')}LambdaFunction`

export const deadLettersOf = (name: string, prefix: string): string => `${prefix}-${name}-dead-letters`

/** A function's role and dead-letter queue. */
export const surroundingsOf = (lambda: Lambda, { prefix }: Deployment): Resources => ({
  [logicalId(lambda.name, 'Role')]: role(
    `${prefix}-${lambda.name}`,
    trust('lambda.amazonaws.com'),
    policyOf(lambda, prefix),
  ),
  [logicalId(lambda.name, 'DeadLetters')]: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: deadLettersOf(lambda.name, prefix),
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * days,
    },
  },
})

/** Everything a function may do, and what it may not do whatever else is granted. Pure. */
export function policyOf({ name, own, grants, reads }: Lambda, prefix: string): PolicyDocument {
  const mine: Statement[] = [
    ...own,
    {
      Sid: 'Log',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: arn('logs', `log-group:/aws/lambda/${prefix}-${name}:*`),
    },
    {
      Sid: 'DeadLetters',
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: arn('sqs', deadLettersOf(name, prefix)),
    },
  ]
  const excepted = [...mine.flatMap(({ Action }) => Action), ...reads]
  return policyDocument<PolicyDocument['Statement'][number]>(
    ...grants,
    ...mine,
    ...denials(excepted, ownOf(prefix)),
  )
}
