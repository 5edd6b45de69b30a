import type { AnyPlaybook } from '../../engine/playbook.ts'
import type { AnyTarget } from '../../engine/target.ts'

/** The part of an account on which a playbook is tested: built and observed with AWS's own calls. */
export interface Scene {
  playbook: AnyPlaybook
  /** Builds the target. `AWS_ENDPOINT_URL` and credentials are in the environment; the account is empty. */
  build(): Promise<BuiltScene>
}

export interface BuiltScene {
  target: AnyTarget
  /** Everything that the containment may change, read by AWS's own calls and never through `read`; JSON. */
  look(): Promise<unknown>
  /** Tags the target `portcullis:protected`. Left out, with the reason, if it cannot be tagged. */
  protect?(): Promise<void>
  /** Changes what was contained, as a person would: the release must detect the drift. Left out for `undo: 'none'`. */
  meddle?(): Promise<void>
  /** Deletes the target. */
  destroy?(): Promise<void>
}
