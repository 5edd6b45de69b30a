import type { Deployment } from '../deployment.ts'
import { deadLettersOf } from '../functions/lambda.ts'
import { role, trust } from '../permissions/role.ts'
import {
  arn,
  logicalId,
  type PolicyDocument,
  policyDocument,
  type Resources,
  the,
} from '../template/template.ts'

export const scheduleRoleName = (name: string, prefix: string): string => `${prefix}-${name}-clock`

/**
 * What books a playbook's releases and rings at their time: a group of one-time schedules, and the role it calls with.
 * Each playbook has its own of both. The name of a schedule is a containment's id, so IAM could not tell whose it is
 * by that; the group in its ARN can.
 */
export const scheduleResources = (name: string, { prefix }: Deployment): Resources => ({
  [logicalId(name, 'Clock')]: {
    Type: 'AWS::Scheduler::ScheduleGroup',
    Properties: { Name: `${prefix}-${name}` },
  },
  [logicalId(name, 'ClockRole')]: role(
    scheduleRoleName(name, prefix),
    // Source: EventBridge Scheduler User Guide, "Confused deputy prevention" (a group's ARN, never a schedule's).
    trust('scheduler.amazonaws.com', {
      StringEquals: { 'aws:SourceAccount': the('AWS::AccountId') },
      ArnEquals: { 'aws:SourceArn': arn('scheduler', `schedule-group/${prefix}-${name}`) },
    }),
    schedulePolicy(name, prefix),
  ),
})

/** It calls this one function, and leaves what that never took in its dead-letter queue. Pure. */
export const schedulePolicy = (name: string, prefix: string): PolicyDocument =>
  policyDocument(
    {
      Sid: 'Ring',
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: arn('lambda', `function:${prefix}-${name}`),
    },
    {
      Sid: 'DeadLetters',
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: arn('sqs', deadLettersOf(name, prefix)),
    },
  )
