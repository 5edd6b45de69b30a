import type { StagePlace } from '../stage/stage-place.ts'

/** `unknown`: it cannot be checked; the finding says why. */
export type CheckState = 'ok' | 'warning' | 'failed' | 'unknown'

/** The result of a check. */
export interface DoctorFinding {
  state: CheckState
  says: string
  /** Advice for exactly this finding, when that of the check is too general. */
  fix?: string
}

/** One API call of a fix, and the AWS CLI command that makes it. */
export interface CheckCall {
  says: string
  make(): Promise<unknown>
}

/** A check of one precondition of detection, notification or decisions. */
export interface DoctorCheck {
  /** As in `--fix <name>`. */
  name: string
  /** At most 12 characters. */
  title: string
  /** The consequence when it fails. */
  why: string
  /** Advice for a person. */
  fix: string
  /** It needs a deployed stack. */
  deployed?: true
  check(place: StagePlace): Promise<DoctorFinding>
  /** The API calls that fix it, not made yet; empty when a person must decide something first. */
  fixCalls?(place: StagePlace): Promise<CheckCall[]>
}

export const passedCheck = (says: string): DoctorFinding => ({ state: 'ok', says })
export const unknownCheck = (says: string): DoctorFinding => ({ state: 'unknown', says })

/** A warning or failure, with its own advice if given. */
export const warningCheck = (says: string, fix?: string): DoctorFinding => ({
  state: 'warning',
  says,
  ...(fix && { fix }),
})
export const failedCheck = (says: string, fix?: string): DoctorFinding => ({
  state: 'failed',
  says,
  ...(fix && { fix }),
})
