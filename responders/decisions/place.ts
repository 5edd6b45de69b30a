import type { KnownParameters } from '../channels/secrets.ts'

/** Where orders are settled. */
export interface Worker {
  /** `portcullis-<stage>`: the playbooks' functions are named after it. */
  prefix: string
  /** The journal. */
  table: string
  known: KnownParameters
}
