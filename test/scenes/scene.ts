import type { AnyPlaybook } from '../../engine/playbook.ts'
import type { AnyTarget } from '../../engine/target.ts'

/** A piece of account that one playbook is tried on: built and looked at with the cloud's own calls. */
export interface Scene {
  playbook: AnyPlaybook
  /** Makes the victim. `AWS_ENDPOINT_URL` and credentials are in the environment; the account is empty. */
  build(): Promise<Stage>
}

export interface Stage {
  target: AnyTarget
  /** Everything the containment may touch, by the cloud's own calls and never through `read`; JSON. */
  look(): Promise<unknown>
  /** Tags the target `portcullis:protected`. Left out where the cloud has no tags for it, with a reason. */
  protect?(): Promise<void>
  /** Somebody else changes what we contained: the release must find it (drift). Left out for `undo: 'none'`. */
  meddle?(): Promise<void>
  /** Removes the target altogether. */
  destroy?(): Promise<void>
}
