import { sanitize } from '../../lib/text/sanitize.ts'
import { type ProblemCode, problemCodes } from './codes.ts'
import type { Exit } from './exits.ts'

/** What may be said of a problem besides what it is. */
export interface ProblemAbout {
  where?: string
  why?: string
  /** What to type next, most likely. */
  fix?: string
  cause?: unknown
}

/** What a person is told when a command cannot do what it was asked for. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: ProblemCode
  readonly about: ProblemAbout

  constructor(code: ProblemCode, message: string, about: ProblemAbout = {}) {
    super(message, about.cause === undefined ? {} : { cause: about.cause })
    this.code = code
    this.about = about
  }
}

export const exitOf = ({ code }: Problem): Exit => problemCodes[code].exit

/** The lines for a terminal: the most useful one last. Each is made inert, whatever an error of outside held. */
export function problemLines({ code, message, about: { where, why, fix } }: Problem): string[] {
  const rows = { where, why, docs: `portcullis docs ${code}`, fix }
  return [
    `error[${code}] ${sanitize(message)}`,
    ...Object.entries(rows).flatMap(([label, text]) =>
      text
        ? text.split('\n').map((line, at) => `  ${(at ? '' : label).padEnd(5)}  ${sanitize(line, 1000)}`)
        : [],
    ),
  ]
}

/** The same for a program. */
export function problemDocument({ code, message, about: { where, why, fix } }: Problem): object {
  return { error: { code, message, where, why, fix, docs: `portcullis docs ${code}` } }
}
