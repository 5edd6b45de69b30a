import { type Exception, parseExceptions } from '../../../engine/exceptions.ts'
import { protectedTag } from '../../../engine/guard.ts'
import type { Statement } from '../../../engine/policy.ts'
import listed from '../../../exceptions.json' with { type: 'json' }
import { arn, type Denial } from '../template/template.ts'

const tag = `aws:ResourceTag/${protectedTag}`
const anyRegion = { region: '*' }
const anyAccount = { account: '*' }

/**
 * What one role of Portcullis may not do, whatever is granted to it: everything but `excepted` (what it reads, and its
 * own journal, schedules, log and dead letters) on the stack's own resources and on protected ones. The engine's
 * guards refuse the same and do so first; these hold when a guard fails. A containment that was applied before its
 * target became protected can still be released. Pure.
 */
export function resourceDenials(excepted: string[], own: string[]): Denial[] {
  const but = [...new Set(excepted)].sort()
  return [
    deny('DenyStackResources', but, own),
    // As the guard reads it: the tag is there, and its value is anything but `false`.
    deny('DenyProtectedResources', [...but, ...releasing], '*', {
      Null: { [tag]: 'false' },
      StringNotEqualsIgnoreCase: { [tag]: 'false' },
    }),
  ]
}

/**
 * What no role of Portcullis may do: anything but read the roles of AWS services and the principals on the exceptions
 * list. A containment that was applied before its target was excepted can still be released. Pure.
 */
export const principalDenials = (list = parseExceptions(listed)): Denial[] => [
  deny('DenyServiceRoles', reading, [
    arn('iam', 'role/aws-service-role/*', anyAccount),
    arn('iam', 'role/aws-reserved/*', anyAccount),
  ]),
  ...endsOf(list).map(([end, places]) =>
    deny(`DenyExceptionsBefore${end.slice(0, 10).replaceAll('-', '')}`, [...reading, ...releasing], places, {
      DateLessThan: { 'aws:CurrentTime': end },
    }),
  ),
]

/**
 * Actions that only read, by their verbs: `ec2:Describe*` for each of EC2's. A denial that excepts a verb permits
 * nothing by itself, and a policy that listed every read twice would outgrow IAM's quota. Other actions stay. Pure.
 */
export const readPatterns = (actions: readonly string[]): string[] => [
  ...new Set(
    actions.map((action) => action.replace(/:(BatchGet|Describe|Get|List|Lookup|Search)[A-Z]\w*$/, ':$1*')),
  ),
]

const reading = ['iam:Get*', 'iam:List*']

/**
 * The release that is safe: it is only ever granted for the stack's own policies (`iam:PolicyARN`). Inline policies
 * have no such condition, and a call that restores one could as well write another.
 */
const releasing = ['iam:DetachRolePolicy', 'iam:DetachUserPolicy']

const deny = (
  Sid: string,
  NotAction: string[],
  Resource: string | string[],
  Condition?: Statement['Condition'],
): Denial => ({ Sid, Effect: 'Deny', NotAction, Resource, ...(Condition && { Condition }) })

/** The stack's own resources, by their names: everything it owns is named so. */
export const ownOf = (prefix: string): string[] => [
  arn('iam', `role/${prefix}-*`),
  arn('iam', `policy/${prefix}-*`),
  arn('lambda', `function:${prefix}-*`, anyRegion),
  arn('events', `rule/${prefix}-*`, anyRegion),
  arn('events', `rule/${prefix}.*`, anyRegion),
  arn('events', `rule/${prefix}/*`, anyRegion),
  arn('scheduler', `schedule/${prefix}-*`, anyRegion),
  arn('scheduler', `schedule-group/${prefix}-*`, anyRegion),
  arn('dynamodb', `table/${prefix}-*`, anyRegion),
  arn('sqs', `${prefix}-*`, anyRegion),
  arn('sns', `${prefix}-*`, anyRegion),
  arn('logs', `log-group:/aws/lambda/${prefix}-*`, anyRegion),
  arn('cloudwatch', `alarm:${prefix}-*`, anyRegion),
  arn('cloudformation', `stack/${prefix}/*`, anyRegion),
  // Nested stacks: their names are made from the root stack's name, their logical ids and a suffix.
  arn('cloudformation', `stack/${prefix}-*`, anyRegion),
  arn('s3', `${prefix}-*`),
  arn('ssm', `parameter/${prefix}/*`, anyRegion),
]

/**
 * The roles and users on the exceptions list by the moment at which their exception ends. A path may precede a bare
 * name, since names are unique without it. IAM's `*` goes further than the guard's: it does not end at a `/`.
 */
function endsOf(list: Exception[]): [string, string[]][] {
  const ends = new Map<string, string[]>()
  for (const { match, account = '*', expires } of list) {
    const [, kind, name] = /^(role|user)\/(.+)$/.exec(match) ?? []
    if (!kind || !name) continue
    const end = new Date(Date.parse(expires) + 86_400_000).toISOString().replace('.000Z', 'Z')
    const names = name.includes('/') ? [match] : [match, `${kind}/*/${name}`]
    const places = names.map((one) => arn('iam', one, { account }))
    ends.set(end, [...(ends.get(end) ?? []), ...places])
  }
  return [...ends]
}
