import type { Place } from './place.ts'

/** `unknown`: it cannot be checked, and the words say why. */
export type State = 'ok' | 'warning' | 'failed' | 'unknown'

/** What was found. */
export interface Finding {
  state: State
  says: string
  /** What to do about exactly this, where the row's own words are too general. */
  fix?: string
}

/** One call that mends something, in the words of AWS's command line. */
export interface Call {
  says: string
  make(): Promise<unknown>
}

/** One precondition, without which rules see nothing, people hear nothing, or nothing can be decided. */
export interface Check {
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
  check(place: Place): Promise<Finding>
  /** The calls that mend it, none of them made yet; none, where a person must decide something first. */
  mend?(place: Place): Promise<Call[]>
}

export const ok = (says: string): Finding => ({ state: 'ok', says })
export const unknown = (says: string): Finding => ({ state: 'unknown', says })

/** Something is not as it should be; with its own advice, if it has one. */
export const warning = (says: string, fix?: string): Finding => ({
  state: 'warning',
  says,
  ...(fix && { fix }),
})
export const failed = (says: string, fix?: string): Finding => ({
  state: 'failed',
  says,
  ...(fix && { fix }),
})
