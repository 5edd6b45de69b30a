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

/** What a schedule does, to which containment, and when (ISO time). */
interface ScheduleRequest {
  id: string
  target: AnyTarget
  due: string
  /** `release` (the default) ends a containment, `expire` an undecided proposal. */
  do?: 'release' | 'expire'
  /** The name of the schedule; by default the ID of the containment. */
  name?: string
}

/**
 * Schedules the release of a containment: at `due`, EventBridge Scheduler invokes this function with the command that a
 * person would send. A second call for the same name replaces the schedule. Source: EventBridge Scheduler, one-time
 * schedules.
 */
export async function scheduleRelease(request: ScheduleRequest, settings: Settings): Promise<void> {
  scheduler ??= new SchedulerClient({})
  const { id, target, due, name = id } = request
  const command = {
    do: request.do ?? 'release',
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

/** Deletes a schedule. It is not an error if it has fired or never existed. */
export async function cancelSchedule(id: string, settings: Settings): Promise<void> {
  scheduler ??= new SchedulerClient({})
  await scheduler
    .send(new DeleteScheduleCommand({ Name: id, GroupName: settings.scheduleGroup }))
    .catch((error) => {
      if (!(error instanceof ResourceNotFoundException)) throw error
    })
}
