import type { AnyPlaybook } from '../../../engine/playbook.ts'
import { actionsOf } from '../../../engine/policy.ts'
import type { Deployment } from '../deployment.ts'
import { scheduleRoleName } from '../events/schedules.ts'
import { grantsOf, isOwn, readsOf } from '../permissions/grants.ts'
import { keysLike } from '../permissions/journal-access.ts'
import { memberRole } from '../permissions/role.ts'
import { encrypt } from '../responders/alerts.ts'
import { arn, logicalId, the } from '../template/template.ts'
import type { Lambda } from './lambda.ts'

/** The function of a playbook: its grants, and its share of the journal, the clock and the other accounts. */
export const playbookLambda = (
  playbook: AnyPlaybook,
  { prefix, ceiling, budget, longest }: Deployment,
  roles: string[],
): Lambda => ({
  name: playbook.name,
  says: playbook.title,
  grants: grantsOf([playbook], prefix).filter((one) => !isOwn(one)),
  reads: readsOf([playbook]),
  own: [
    ...grantsOf([playbook], prefix).filter(isOwn),
    ...(actionsOf(playbook).includes('sns:Publish') ? [encrypt] : []),
    {
      Sid: 'Journal',
      Effect: 'Allow',
      // A transaction needs the permissions of its parts and no other.
      Action: ['dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      Resource: arn('dynamodb', `table/${prefix}-journal`),
      // Another playbook's records say what it writes at the release: whoever may write those acts with its role.
      Condition: keysLike(
        `containment#${playbook.name}#*`,
        `budget#${playbook.name}#*`,
        'notice#*',
        'subject#*',
        'events#*',
      ),
    },
    {
      Sid: 'HeldBack',
      Effect: 'Allow',
      Action: 'dynamodb:GetItem',
      Resource: arn('dynamodb', `table/${prefix}-journal`),
      Condition: keysLike('pause'),
    },
    {
      Sid: 'BookRelease',
      Effect: 'Allow',
      Action: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule', 'scheduler:UpdateSchedule'],
      Resource: arn('scheduler', `schedule/${prefix}-${playbook.name}/*`),
    },
    {
      Sid: 'LendTheClock',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: arn('iam', `role/${scheduleRoleName(playbook.name, prefix)}`),
      Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    },
    {
      // A playbook may have leave to lend roles to others: never these.
      Sid: 'LendNothingElse',
      Effect: 'Deny',
      Action: 'iam:PassRole',
      Resource: arn('iam', `role/${prefix}-*`),
      Condition: { StringNotEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    },
    {
      Sid: 'OtherAccounts',
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: arn('iam', `role/${memberRole}`, { account: '*' }),
      Condition: { StringNotEquals: { 'aws:ResourceAccount': the('AWS::AccountId') } },
    },
  ],
  environment: {
    PORTCULLIS_PREFIX: prefix,
    PORTCULLIS_CEILING: ceiling,
    PORTCULLIS_BUDGET: String(budget),
    ...(longest && { PORTCULLIS_LONGEST: longest }),
    PORTCULLIS_TABLE: the('Journal'),
    PORTCULLIS_SCHEDULE_GROUP: `${prefix}-${playbook.name}`,
    PORTCULLIS_SCHEDULE_ROLE: the(`${logicalId(playbook.name, 'ClockRole')}.Arn`),
    PORTCULLIS_FUNCTION: arn('lambda', `function:${prefix}-${playbook.name}`),
    PORTCULLIS_DEAD_LETTERS: the(logicalId(playbook.name, 'DeadLetters')),
    PORTCULLIS_DEAD_LETTERS_ARN: the(`${logicalId(playbook.name, 'DeadLetters')}.Arn`),
    PORTCULLIS_TOPIC: the('Alerts'),
    PORTCULLIS_ACCOUNT: the('AWS::AccountId'),
    PORTCULLIS_MEMBER_ROLE: memberRole,
    PORTCULLIS_ROLES: roles.join(','),
    ...(actionsOf(playbook).includes('kms:VerifyMac') && { PORTCULLIS_BASELINE_KEY: the('BaselineKey.Arn') }),
  },
})
