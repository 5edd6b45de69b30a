/** An event or command that cannot be read: nothing is done, one notice is written, and it goes to the dead-letter queue. */
export class BadEvent extends Error {
  override name = 'BadEvent'
  readonly path: string
  readonly found: unknown
  rule: string | undefined

  constructor(what: { path: string; found: unknown; problem: string }, options?: ErrorOptions) {
    super(`${what.path} ${what.problem} (found ${printable(what.found)})`, options)
    this.path = what.path
    this.found = what.found
  }
}

/** The refusal of a guard to contain a target, and why. Thrown by reads for planning. */
export class Guarded extends Error {
  override name = 'Guarded'
  readonly guard: string

  constructor(guard: string, why: string) {
    super(why)
    this.guard = guard
  }
}

/** The target does not exist: there is nothing to contain or to restore. */
export class Gone extends Error {
  override name = 'Gone'
}

/** Several parts of one operation failed; every part was tried. */
export class Incomplete extends AggregateError {
  override name = 'Incomplete'

  constructor(errors: unknown[]) {
    super(errors, errors.map((error) => (error instanceof Error ? error.message : String(error))).join('; '))
  }
}

/** JSON of any value of an event: also of `undefined`, and of nesting so deep that it can be parsed but not serialised. */
export function serialize(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'nothing'
  } catch {
    return tooDeep
  }
}

/** What `serialize` returns for a value that cannot be serialised. */
export const tooDeep = 'a value nested too deeply'
/** Characters of a value that `printable` keeps. */
const maxLength = 120

/** A value for an error, log or message: as JSON, without control characters, at most 120 characters of it. */
export function printable(value: unknown): string {
  const text = serialize(value).replace(/[\p{C}\u2028\u2029]/gu, '\ufffd')
  return text.length > maxLength ? `${text.slice(0, maxLength)}… (${text.length} characters)` : text
}

const transient = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])
const throttled =
  /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|ProvisionedThroughputExceeded|TransactionCanceled/

/** Whether the same call may succeed later: throttling, server faults, a broken network. */
export function retryable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(retryable)
  if (!(error instanceof Error)) return false
  const { name, code, $metadata } = error as Error & {
    code?: string
    $metadata?: { httpStatusCode?: number }
  }
  if (transient.has(code ?? '') || name === 'TimeoutError' || throttled.test(name)) return true
  return ($metadata?.httpStatusCode ?? 0) >= 500 || (error.cause !== undefined && retryable(error.cause))
}

/** An error for what must wait for another operation: it is retryable, so the same command is delivered again. */
export const notYet = (why: string): Error => Object.assign(new Error(why), { name: 'TimeoutError' })
