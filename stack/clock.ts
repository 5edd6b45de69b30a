import type { Deployment } from './deployment.ts'
import { role, trust } from './role.ts'
import { arn, type Policy, policy, type Resources, the } from './template.ts'

/** What books releases and rings at their time: a group of one-time schedules, and the role it calls with. */
export const clock = ({ prefix }: Deployment): Resources => ({
  Clock: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: prefix } },
  ClockRole: role(
    `${prefix}-clock`,
    // Source: EventBridge Scheduler User Guide, "Confused deputy prevention" (a group's ARN, never a schedule's).
    trust('scheduler.amazonaws.com', {
      StringEquals: { 'aws:SourceAccount': the('AWS::AccountId') },
      ArnEquals: { 'aws:SourceArn': arn('scheduler', `schedule-group/${prefix}`) },
    }),
    clockPolicy(prefix),
  ),
})

/** The clock calls the stack's functions, and leaves what they never took in their dead-letter queues. Pure. */
export const clockPolicy = (prefix: string): Policy =>
  policy(
    {
      Sid: 'Ring',
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: arn('lambda', `function:${prefix}-*`),
    },
    {
      Sid: 'DeadLetters',
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: arn('sqs', `${prefix}-*-dead-letters`),
    },
  )
