import { sanitize } from '../../lib/text/sanitize.ts'
import { type ProblemCode, problemCodes } from './codes.ts'
import type { Exit } from './exits.ts'

/** Details of a problem: where it is, why it happened, how to fix it. */
export interface ProblemAbout {
  where?: string
  why?: string
  /** The command or change that most likely fixes it. */
  fix?: string
  cause?: unknown
}

/** An error of a command, with its code and the explanation that is printed. */
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

/** The lines for a terminal, the fix last. Every line is sanitized: error messages of AWS may repeat hostile input. */
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

/** The same as a JSON document. */
export function problemDocument({ code, message, about: { where, why, fix } }: Problem): object {
  return { error: { code, message, where, why, fix, docs: `portcullis docs ${code}` } }
}
