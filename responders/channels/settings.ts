import * as z from 'zod'
import { environmentOf } from '../../lib/environment.ts'

const text = z.string().min(1)
const environment = z.object({
  /** `portcullis-<stage>`. */
  PORTCULLIS_PREFIX: text,
  PORTCULLIS_TABLE: text,
  PORTCULLIS_TOPIC: text,
  /** The base URL of the review pages; without it, mails carry no link. */
  PORTCULLIS_REVIEW: z.url().optional(),
  /** The id of the KMS key that signs review links. */
  PORTCULLIS_LINK_KEY: text.optional(),
  /** The URL of the retry queue. */
  PORTCULLIS_RETRY: text.optional(),
})

export interface ChannelSettings {
  prefix: string
  table: string
  topic: string
  review: { base: string; key: string } | undefined
  retry: string | undefined
}

/** The environment of the function `announce`. Throws one error that names every variable that is missing or wrong. */
export function readChannelSettings(env: NodeJS.ProcessEnv = process.env): ChannelSettings {
  // The stack sets a variable that it does not use to an empty string.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const it = environmentOf(environment, set)
  const [base, key] = [it.PORTCULLIS_REVIEW, it.PORTCULLIS_LINK_KEY]
  return {
    prefix: it.PORTCULLIS_PREFIX,
    table: it.PORTCULLIS_TABLE,
    topic: it.PORTCULLIS_TOPIC,
    review: base && key ? { base, key } : undefined,
    retry: it.PORTCULLIS_RETRY,
  }
}
