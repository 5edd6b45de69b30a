import * as z from 'zod'

/** The file `exceptions.json`. */
export const exceptionsFile = z.strictObject({
  $schema: z.string().optional(),
  exceptions: z.array(
    z.strictObject({
      /**
       * What is never contained: `role/<name>`, `user/<name>`, or another identifier (`i-0abc…`). `*` stands for any
       * text without a `/`, and then whoever may choose a name may choose to be excepted.
       */
      match: z.string().min(1).max(256),
      /** Only in this account; everywhere without it, and so for who makes one of that name where there is none. */
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

/** The reviewed list. Throws on an entry without owner, reason or expiry: better no deploy than a silent gap. */
export const parseExceptions = (input: unknown): Exception[] => exceptionsFile.parse(input).exceptions

/** The exception that holds for this name (`role/x`, `user/x`, `i-0abc…`) in this account on this day, if any. */
export const excepted = (
  list: Exception[],
  account: string,
  name: string,
  now: Date,
): Exception | undefined =>
  list.find(
    (it) =>
      (it.account ?? account) === account &&
      now.toISOString().slice(0, 10) <= it.expires &&
      matches(it.match, name),
  )

function matches(pattern: string, name: string): boolean {
  const [parts, texts] = [pattern.split('/'), name.split('/')]
  return parts.length === texts.length && parts.every((part, place) => glob(part, texts[place] ?? ''))
}

// Split on `*` instead of a regular expression: no backtracking, whatever the pattern.
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
