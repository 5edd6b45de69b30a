import { type Exception, parseExceptions } from '../../../engine/exceptions.ts'
import { protectedTag } from '../../../engine/guard.ts'
import type { Statement } from '../../../engine/policy.ts'
import listed from '../../../exceptions.json' with { type: 'json' }
import { arn, type Denial } from '../template/template.ts'

const tag = `aws:ResourceTag/${protectedTag}`
const anywhere = { region: '*' }
const anybody = { account: '*' }

/**
 * What no role of Portcullis may do, whatever is granted to it: everything but `excepted` (what it reads, and its
 * own journal, schedules, log and dead letters) on its own parts and on what is protected; anything but looking on
 * the ways back in. The engine's guards say the same and say it first; these hold when they fail. What was contained
 * before it was excepted or protected can still be freed of our managed policy. Pure.
 */
export function denials(excepted: string[], own: string[], list = parseExceptions(listed)): Denial[] {
  const but = [...new Set(excepted)].sort()
  return [
    deny('NeverPortcullisItself', but, own),
    // As the guard reads it: the tag is there, and says anything but `false`.
    deny('NeverWhatIsProtected', [...but, ...freeing], '*', {
      Null: { [tag]: 'false' },
      StringNotEqualsIgnoreCase: { [tag]: 'false' },
    }),
    deny('NeverRolesOfServices', looking, [
      arn('iam', 'role/aws-service-role/*', anybody),
      arn('iam', 'role/aws-reserved/*', anybody),
    ]),
    ...endsOf(list).map(([end, places]) =>
      deny(`NeverExceptedBefore${end.slice(0, 10).replaceAll('-', '')}`, [...looking, ...freeing], places, {
        DateLessThan: { 'aws:CurrentTime': end },
      }),
    ),
  ]
}

const looking = ['iam:Get*', 'iam:List*']

/**
 * The undo that is safe: it is only ever granted for our own policies (`iam:PolicyARN`). Inline policies have no such
 * condition, and what puts one back could as well write another: what holds one is released first, then excepted.
 */
const freeing = ['iam:DetachRolePolicy', 'iam:DetachUserPolicy']

const deny = (
  Sid: string,
  NotAction: string[],
  Resource: string | string[],
  Condition?: Statement['Condition'],
): Denial => ({ Sid, Effect: 'Deny', NotAction, Resource, ...(Condition && { Condition }) })

/** The stack's own parts, by their names: everything it owns is named so. */
export const ownOf = (prefix: string): string[] => [
  arn('iam', `role/${prefix}-*`),
  arn('iam', `policy/${prefix}-*`),
  arn('lambda', `function:${prefix}-*`, anywhere),
  arn('events', `rule/${prefix}-*`, anywhere),
  arn('scheduler', `schedule/${prefix}-*`, anywhere),
  arn('scheduler', `schedule-group/${prefix}-*`, anywhere),
  arn('dynamodb', `table/${prefix}-*`, anywhere),
  arn('sqs', `${prefix}-*`, anywhere),
  arn('sns', `${prefix}-*`, anywhere),
  arn('logs', `log-group:/aws/lambda/${prefix}-*`, anywhere),
  arn('cloudwatch', `alarm:${prefix}-*`, anywhere),
  arn('cloudformation', `stack/${prefix}/*`, anywhere),
  arn('s3', `${prefix}-*`),
  arn('ssm', `parameter/${prefix}/*`, anywhere),
]

/**
 * The roles and users on the exceptions list by the moment their exception ends. A path may stand before a bare name,
 * since names are unique without it. A `*` goes further here than in the guard: IAM's does not end at a `/`.
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
