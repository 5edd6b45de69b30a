/** What an event held that it should not: nothing is done, one alert goes out, the event is parked. */
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

/** A target that must not be touched, and why: thrown by a guard while planning. */
export class Guarded extends Error {
  override name = 'Guarded'
  readonly guard: string

  constructor(guard: string, why: string) {
    super(why)
    this.guard = guard
  }
}

/** The target is not there (any more): there is nothing to contain or to put back. */
export class Gone extends Error {
  override name = 'Gone'
}

/** Several parts of one write failed; every part was tried. */
export class Incomplete extends AggregateError {
  override name = 'Incomplete'

  constructor(errors: unknown[]) {
    super(errors, errors.map((error) => (error instanceof Error ? error.message : String(error))).join('; '))
  }
}

/** JSON of what an event may hold: also of nothing, and of brackets so deep that they parse but do not go back. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'nothing'
  } catch {
    return tooDeep
  }
}

export const tooDeep = 'something nested too deep'
const longest = 120

/** A value as it may stand in an error, log or message: JSON, printable, at most 120 characters. */
export function printable(value: unknown): string {
  const text = jsonText(value).replace(/[\p{C}\u2028\u2029]/gu, '\ufffd')
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text
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

/** Something else is under way: the engine lets the same delivery come again. */
export const notYet = (why: string): Error => Object.assign(new Error(why), { name: 'TimeoutError' })
