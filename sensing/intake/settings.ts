import * as z from 'zod'
import { environmentOf } from '../../lib/environment.ts'

const text = z.string().min(1)
const environment = z.object({
  PORTCULLIS_TABLE: text,
  /** Name or ARN of the bus `portcullis-<stage>`. */
  PORTCULLIS_BUS: text,
  /** The URL of the function's own dead-letter queue. */
  PORTCULLIS_DEAD_LETTERS: text,
  /** The bucket of the model invocation log; empty if there is none. */
  PORTCULLIS_LOG_BUCKET: z.string().default(''),
})

export interface IntakeSettings {
  table: string
  bus: string
  deadLetters: string
  logBucket: string
}

/** The settings that infrastructure/stack/functions/sense.ts gives the function. Throws one error that names every missing variable. */
export function readIntakeSettings(): IntakeSettings {
  const variables = environmentOf(environment)
  return {
    table: variables.PORTCULLIS_TABLE,
    bus: variables.PORTCULLIS_BUS,
    deadLetters: variables.PORTCULLIS_DEAD_LETTERS,
    logBucket: variables.PORTCULLIS_LOG_BUCKET,
  }
}
