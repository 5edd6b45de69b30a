import * as z from 'zod'
import { environmentOf } from '../../lib/environment.ts'

const text = z.string().min(1)
const environment = z.object({
  PORTCULLIS_TABLE: text,
  /** Name or ARN of the bus `portcullis-<stage>`. */
  PORTCULLIS_BUS: text,
  /** The URL of the function's own dead-letter queue. */
  PORTCULLIS_DEAD_LETTERS: text,
  /** The bucket of the model invocation log; empty where there is none. */
  PORTCULLIS_LOG_BUCKET: z.string().default(''),
})

export interface IntakeSettings {
  table: string
  bus: string
  deadLetters: string
  logBucket: string
}

/** What infrastructure/stack/sense.ts told this function. Throws one error naming every variable that is missing. */
export function readIntakeSettings(): IntakeSettings {
  const it = environmentOf(environment)
  return {
    table: it.PORTCULLIS_TABLE,
    bus: it.PORTCULLIS_BUS,
    deadLetters: it.PORTCULLIS_DEAD_LETTERS,
    logBucket: it.PORTCULLIS_LOG_BUCKET,
  }
}
