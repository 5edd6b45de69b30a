import * as z from 'zod'

/** The file `exceptions.json`. */
export const exceptionsFile = z.strictObject({
  $schema: z.string().optional(),
  exceptions: z.array(
    z.strictObject({
      /**
       * What is never contained: `role/<name>`, `user/<name>`, or another identifier (`i-0abc…`). `*` stands for any
       * text without a `/`. An attacker who can choose a name can then choose one that is excepted.
       */
      match: z.string().min(1).max(256),
      /** Only in this account. Without it the exception holds in all accounts, also for names created there later. */
      account: z
        .string()
        .regex(/^\d{12}$/)
        .optional(),
      owner: z.string().min(1),
      reason: z.string().min(1),
      /** The last day (UTC) on which it holds. */
      expires: z.iso.date(),
    }),
  ),
})

export type Exception = z.output<typeof exceptionsFile>['exceptions'][number]

/** The reviewed list. Throws for an entry without owner, reason or expiry: a failed deployment is better than a silent gap. */
export const parseExceptions = (input: unknown): Exception[] => exceptionsFile.parse(input).exceptions

/** The exception for this name (`role/x`, `user/x`, `i-0abc…`) in this account on this day, if any. */
export const excepted = (
  list: Exception[],
  account: string,
  name: string,
  now: Date,
): Exception | undefined =>
  list.find(
    (exception) =>
      (exception.account ?? account) === account &&
      now.toISOString().slice(0, 10) <= exception.expires &&
      matches(exception.match, name),
  )

function matches(pattern: string, name: string): boolean {
  const [parts, texts] = [pattern.split('/'), name.split('/')]
  return parts.length === texts.length && parts.every((part, index) => glob(part, texts[index] ?? ''))
}

// Split on `*` instead of using a regular expression: no pattern can cause backtracking.
function glob(pattern: string, text: string): boolean {
  const [head = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return text === pattern
  const tail = rest.pop() ?? ''
  if (!text.startsWith(head) || text.length < head.length + tail.length || !text.endsWith(tail)) return false
  let from = head.length
  for (const part of rest) {
    const found = text.indexOf(part, from)
    if (found < 0 || found + part.length > text.length - tail.length) return false
    from = found + part.length
  }
  return true
}
