import type { AnyPlaybook } from '../../../engine/playbook.ts'
import { actionsOf } from '../../../engine/policy.ts'
import { functionRoleName, schedulerRoleName } from '../../../engine/role-names.ts'
import type { Deployment } from '../deployment.ts'
import { deadLetterQueueName, deadLettersOutput } from '../events/dead-letters.ts'
import { scheduleGroupName } from '../events/schedules.ts'
import { grantsOf, isOwn, readsOf } from '../permissions/grants.ts'
import { keysLike } from '../permissions/journal-access.ts'
import { memberRole } from '../permissions/role.ts'
import { everyPlaybookName, protectedPrincipalsName } from '../permissions/shared.ts'
import { encryptAlerts } from '../responders/alerts.ts'
import { nestedId } from '../template/nested.ts'
import { arn, the } from '../template/template.ts'
import type { Lambda } from './lambda.ts'

/** The parameter of a layer's template for the key of the alerts topic. */
export const alertsKeyParameter = 'AlertsKeyArn'

/** A playbook's function: its grants, and its part of the journal, the schedules and the other accounts. */
export function playbookLambda(
  playbook: AnyPlaybook,
  layer: string,
  names: readonly string[],
  { prefix, ceiling, budget, longest }: Deployment,
): Lambda {
  const { name } = playbook
  const queue = deadLetterQueueName(prefix, layer)
  return {
    name,
    description: playbook.title,
    grants: grantsOf([playbook], prefix).filter((one) => !isOwn(one)),
    reads: readsOf([playbook]),
    managed: [protectedPrincipalsName(prefix), everyPlaybookName(prefix)],
    deadLetters: queue,
    async: true,
    // By its name: it is in the layer's nested stack, which the queue's URL below makes the function wait for.
    role: arn('iam', `role/${functionRoleName(prefix, name)}`),
    own: [
      ...grantsOf([playbook], prefix).filter(isOwn),
      ...(needsAlertsKey(playbook) ? [encryptAlerts(the(alertsKeyParameter))] : []),
      {
        Sid: 'WriteOwnRecords',
        Effect: 'Allow',
        // A transaction needs the permissions of its parts and no other.
        Action: [
          'dynamodb:ConditionCheckItem',
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
        ],
        Resource: arn('dynamodb', `table/${prefix}-journal`),
        // A record says what its playbook writes at the release: who may write another's records acts with its role.
        Condition: keysLike(`containment#${name}#*`, `budget#${name}#*`, 'notice#*', 'subject#*', 'events#*'),
      },
      {
        Sid: 'ScheduleReleases',
        Effect: 'Allow',
        Action: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule', 'scheduler:UpdateSchedule'],
        Resource: arn('scheduler', `schedule/${scheduleGroupName(name, prefix)}/*`),
      },
      {
        Sid: 'PassSchedulerRole',
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: arn('iam', `role/${schedulerRoleName(prefix, name)}`),
        Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      },
      {
        Sid: 'AssumeMemberRole',
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
      PORTCULLIS_SCHEDULE_GROUP: scheduleGroupName(name, prefix),
      PORTCULLIS_SCHEDULE_ROLE: arn('iam', `role/${schedulerRoleName(prefix, name)}`),
      PORTCULLIS_FUNCTION: arn('lambda', `function:${prefix}-${name}`),
      PORTCULLIS_DEAD_LETTERS: the(`${nestedId(layer)}.Outputs.${deadLettersOutput}`),
      PORTCULLIS_DEAD_LETTERS_ARN: arn('sqs', queue),
      PORTCULLIS_TOPIC: the('Alerts'),
      PORTCULLIS_ACCOUNT: the('AWS::AccountId'),
      PORTCULLIS_MEMBER_ROLE: memberRole,
      PORTCULLIS_PLAYBOOKS: names.join(','),
      ...(actionsOf(playbook).includes('kms:VerifyMac') && {
        PORTCULLIS_BASELINE_KEY: the('BaselineKey.Arn'),
      }),
    },
  }
}

/** Who publishes to the alerts topic encrypts with its key. */
export const needsAlertsKey = (playbook: AnyPlaybook): boolean => actionsOf(playbook).includes('sns:Publish')
