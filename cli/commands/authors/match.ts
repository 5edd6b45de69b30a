import { sanitize } from '../../../lib/text/sanitize.ts'
import { evaluateCases } from '../../../matching/cases.ts'
import { textLines } from '../../replay/read/text-lines.ts'
import { unreadableInput } from '../../replay/read/unreadable.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

/** `portcullis match`: tests patterns against events; exit code 3 when a result is not as expected. */
export async function run({ cases }: { cases: string }, io: Io): Promise<number> {
  const results = evaluateCases(textLines(cases))
  try {
    for (;;) {
      const { value, done } = await results.next()
      if (done) {
        const { cases: count, agree, disagree, unreadable: broken } = value
        if (io.json) io.line({ summary: value })
        else io.print(`${count} cases: ${agree} as expected, ${disagree} not; ${broken} invalid lines`)
        return disagree + broken > 0 ? exits.invalid : exits.ok
      }
      if (io.json) io.line(value)
      else if (!value.agrees) io.print(lineOf(value, io))
    }
  } catch (error) {
    throw unreadableInput(
      cases,
      (error as Error).message,
      'give a file with one {pattern, event, expect} per line',
    )
  }
}

type Result = { line: number; expect?: unknown; got?: unknown; error?: string }

function lineOf({ line, expect, got, error }: Result, { paint }: Io): string {
  const said = got === undefined ? 'not a valid case' : `expected ${expect}, got ${got}`
  return `${paint('bad', '✗')} line ${line}: ${said}${error ? `: ${sanitize(error)}` : ''}`
}
