import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
} from '@aws-sdk/client-scheduler'
import type { Settings } from './settings.ts'
import type { AnyTarget } from './target.ts'

let scheduler: SchedulerClient | undefined

/**
 * Books the release of a containment: at `due`, EventBridge Scheduler sends this function the command that a
 * person would. Booked twice is booked once. Source: EventBridge Scheduler, one-time schedules.
 */
export async function book(
  { id, target, due }: { id: string; target: AnyTarget; due: string },
  it: Settings,
): Promise<void> {
  scheduler ??= new SchedulerClient({})
  const command = {
    do: 'release',
    target,
    containment: id,
    by: { who: 'clock', how: 'EventBridge Scheduler' },
  }
  const booking = new CreateScheduleCommand({
    Name: id,
    GroupName: it.scheduleGroup,
    ScheduleExpression: `at(${due.slice(0, 19)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: it.function,
      RoleArn: it.scheduleRole,
      Input: JSON.stringify(command),
      DeadLetterConfig: { Arn: it.deadLettersArn },
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    },
  })
  await scheduler.send(booking).catch((error) => {
    if (!(error instanceof ConflictException)) throw error
  })
}

/** Takes a booking back. One that has fired or never was is no error. */
export async function cancel(id: string, it: Settings): Promise<void> {
  scheduler ??= new SchedulerClient({})
  await scheduler
    .send(new DeleteScheduleCommand({ Name: id, GroupName: it.scheduleGroup }))
    .catch((error) => {
      if (!(error instanceof ResourceNotFoundException)) throw error
    })
}
