import type { Known } from '../channels/secrets.ts'

/** Where orders are settled. */
export interface Place {
  /** `portcullis-<stage>`: the playbooks' functions are named after it. */
  prefix: string
  /** The journal. */
  table: string
  known: Known
}
