import type { StagePlace } from '../stage/stage-place.ts'

/** `unknown`: it cannot be checked, and the words say why. */
export type CheckState = 'ok' | 'warning' | 'failed' | 'unknown'

/** What was found. */
export interface DoctorFinding {
  state: CheckState
  says: string
  /** What to do about exactly this, where the row's own words are too general. */
  fix?: string
}

/** One call that mends something, in the words of AWS's command line. */
export interface CheckCall {
  says: string
  make(): Promise<unknown>
}

/** One precondition, without which rules see nothing, people hear nothing, or nothing can be decided. */
export interface DoctorCheck {
  /** What is typed to mend it: `--fix <name>`. */
  name: string
  /** At most 12 letters. */
  title: string
  /** What goes wrong where it does not hold. */
  why: string
  /** What a person does about it. */
  fix: string
  /** It looks at the deployed stack: nothing to look at before there is one. */
  deployed?: true
  check(place: StagePlace): Promise<DoctorFinding>
  /** The calls that mend it, none of them made yet; none, where a person must decide something first. */
  mend?(place: StagePlace): Promise<CheckCall[]>
}

export const passedCheck = (says: string): DoctorFinding => ({ state: 'ok', says })
export const unknownCheck = (says: string): DoctorFinding => ({ state: 'unknown', says })

/** Something is not as it should be; with its own advice, if it has one. */
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
