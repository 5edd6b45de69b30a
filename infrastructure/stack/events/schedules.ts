import { schedulerRoleName } from '../../../engine/role-names.ts'
import type { Deployment } from '../deployment.ts'
import { role, trust } from '../permissions/role.ts'
import {
  arn,
  logicalId,
  type PolicyDocument,
  policyDocument,
  type Resource,
  type Resources,
  the,
} from '../template/template.ts'
import { deadLetterQueueName } from './dead-letters.ts'

export const scheduleGroupName = (playbook: string, prefix: string): string => `${prefix}-${playbook}`

/**
 * The group of a playbook's one-time schedules. Each playbook has its own: a schedule is named after a containment's
 * id, which tells IAM nothing of its owner, but the group in its ARN does. Groups are in the root template because
 * they hold state: with a group its schedules are deleted, and the releases they were to start.
 */
export const scheduleGroup = (playbook: string, { prefix }: Deployment): Resources => ({
  [logicalId(playbook, 'Clock')]: {
    Type: 'AWS::Scheduler::ScheduleGroup',
    Properties: { Name: scheduleGroupName(playbook, prefix) },
  },
})

/** The role with which EventBridge Scheduler starts a playbook's releases. */
export const schedulerRole = (playbook: string, layer: string, { prefix }: Deployment): Resources => ({
  [logicalId(playbook, 'SchedulerRole')]: role(
    schedulerRoleName(prefix, playbook),
    trustScheduler(playbook, prefix),
    schedulerPolicy(playbook, layer, prefix),
  ),
})

/** It may invoke this one function, and send what that never took to its dead-letter queue. Pure. */
export const schedulerPolicy = (playbook: string, layer: string, prefix: string): PolicyDocument =>
  policyDocument(
    {
      Sid: 'InvokeFunction',
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: arn('lambda', `function:${prefix}-${playbook}`),
    },
    {
      Sid: 'SendDeadLetters',
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: arn('sqs', deadLetterQueueName(prefix, layer)),
    },
  )

// Source: EventBridge Scheduler User Guide, "Confused deputy prevention" (a group's ARN, never a schedule's).
const trustScheduler = (playbook: string, prefix: string): object =>
  trust('scheduler.amazonaws.com', {
    StringEquals: { 'aws:SourceAccount': the('AWS::AccountId') },
    ArnEquals: { 'aws:SourceArn': arn('scheduler', `schedule-group/${scheduleGroupName(playbook, prefix)}`) },
  })

/** The playbooks that had schedules before the stack was split into nested stacks. */
const earlierPlaybooks = [
  'block-ip',
  'deny-inference',
  'deny-session',
  'disable-access-key',
  'disable-api-key',
  'disable-user',
  'enforce-guardrail',
  'notify',
  'quarantine-instance',
  'restore-guardrail',
  'restore-invocation-logging',
  'revoke-sessions',
  'snapshot-volumes',
  'throttle-stage',
  'throttle-user',
]

/**
 * The scheduler roles as they were named before. Schedules that were created then name them, and without them the
 * releases would not start. Remove this when no such schedule is left: docs/upgrade.md.
 */
export const earlierSchedulerRoles = ({ prefix }: Deployment): Resources =>
  Object.fromEntries(
    earlierPlaybooks.map((playbook): [string, Resource] => [
      logicalId(playbook, 'ClockRole'),
      role(
        `${prefix}-${playbook}-clock`,
        trustScheduler(playbook, prefix),
        policyDocument({
          Sid: 'InvokeFunction',
          Effect: 'Allow',
          Action: 'lambda:InvokeFunction',
          Resource: arn('lambda', `function:${prefix}-${playbook}`),
        }),
      ),
    ]),
  )
