import { sanitize } from '../../../lib/text/sanitize.ts'
import { emptySummary, type SensedLine, senseLines } from '../../../sensing/signals/lines.ts'
import { textLines } from '../../replay/read/text-lines.ts'
import { unreadableInput } from '../../replay/read/unreadable.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'
import { jsonText } from '../../shell/json.ts'

/** `portcullis sense`: the signals in records of models and guardrails, one object per line; the summary is on stderr. */
export async function run({ file }: { file: string }, io: Io): Promise<number> {
  const summary = emptySummary()
  try {
    for await (const sensed of senseLines(textLines(file), summary)) {
      // These lines have their own format, without a schema version.
      if (io.json) io.print(jsonText(sensed))
      else io.print(...linesOf(sensed, io))
    }
  } catch (error) {
    throw unreadableInput(file, (error as Error).message, 'give a file with one record per line')
  }
  const { lines, unreadable: broken, attacks } = summary
  if (io.json) process.stderr.write(`${jsonText({ summary })}\n`)
  else io.note(`${lines} lines: ${attacks} attack signals, ${broken} unreadable lines`)
  return summary.lines > 0 && summary.unreadable === summary.lines ? exits.invalid : exits.ok
}

function linesOf(sensed: SensedLine, { paint }: Io): string[] {
  if ('error' in sensed) return [`${paint('bad', '✗')} line ${sensed.line}: ${sanitize(sensed.error)}`]
  return sensed.signals.map(({ type, attack, principal, user, session, model, policies }) => {
    const who = [principal, user, session, model]
      .filter((one) => one !== null)
      .map((one) => sanitize(one, 80))
    const why = policies.map(({ policy, type, action }) =>
      sanitize([policy, type, action].filter(Boolean).join(' ')),
    )
    const mark = attack ? paint('bad', 'attack') : '      '
    return `line ${sensed.line}  ${mark}  ${sanitize(type)}  ${who.join('  ')}${why.length > 0 ? `  (${why.join('; ')})` : ''}`
  })
}
