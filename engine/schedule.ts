import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler'
import type { Settings } from './settings.ts'
import type { AnyTarget } from './target.ts'

let scheduler: SchedulerClient | undefined

/** What the clock is to do, to which containment, and when (ISO). */
interface Booking {
  id: string
  target: AnyTarget
  due: string
  /** Ends a containment unless told otherwise; `expire` ends a proposal that nobody decided. */
  do?: 'release' | 'expire'
  name?: string
}

/**
 * Books the release of a containment: at `due`, EventBridge Scheduler sends this function the command that a
 * person would. Booked twice is booked once, for the later word. Source: EventBridge Scheduler, one-time schedules.
 */
export async function scheduleRelease(booking: Booking, settings: Settings): Promise<void> {
  scheduler ??= new SchedulerClient({})
  const { id, target, due, name = id } = booking
  const command = {
    do: booking.do ?? 'release',
    target,
    containment: id,
    by: { who: 'clock', how: 'EventBridge Scheduler' },
  }
  const schedule = {
    Name: name,
    GroupName: settings.scheduleGroup,
    ScheduleExpression: `at(${due.slice(0, 19)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' as const },
    ActionAfterCompletion: 'DELETE' as const,
    Target: {
      Arn: settings.function,
      RoleArn: settings.scheduleRole,
      Input: JSON.stringify(command),
      DeadLetterConfig: { Arn: settings.deadLettersArn },
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    },
  }
  try {
    await scheduler.send(new CreateScheduleCommand(schedule))
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error
    await scheduler.send(new UpdateScheduleCommand(schedule))
  }
}

/** Takes a booking back. One that has fired or never was is no error. */
export async function cancelSchedule(id: string, settings: Settings): Promise<void> {
  scheduler ??= new SchedulerClient({})
  await scheduler
    .send(new DeleteScheduleCommand({ Name: id, GroupName: settings.scheduleGroup }))
    .catch((error) => {
      if (!(error instanceof ResourceNotFoundException)) throw error
    })
}
