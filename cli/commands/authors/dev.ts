import type { Duration, Mode } from '../../../engine/rule.ts'
import { keyLine } from '../../dev/input/keys.ts'
import { momentLines } from '../../dev/output/moment-lines.ts'
import { runDev } from '../../dev/run.ts'
import { durationOf } from '../../shell/duration.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

interface Typed {
  event: string[]
  ceiling?: Mode
  longest?: string
}

/** Short, so that a release happens while the author is still watching. */
const longest: Duration = '10m'

/** `portcullis dev`: the live loop on emulators. A person drives it by keys, a program by lines on standard input. */
export async function run(typed: Typed, io: Io): Promise<number> {
  const keys = Boolean(process.stdin.isTTY && process.stdout.isTTY && !io.json)
  const how = await runDev({
    bounds: {
      ceiling: typed.ceiling ?? 'contain',
      longest: typed.longest === undefined ? longest : longestOf(typed.longest),
    },
    files: typed.event,
    keys,
    help: () => io.print(keyLine),
    show(moment) {
      if (io.json) io.line({ at: new Date().toISOString(), ...moment })
      else io.print(...momentLines(moment, new Date(), io.paint, keys))
      if (keys && moment.type === 'ready') io.print(io.paint('dim', keyLine))
    },
  }).catch(explain)
  return how === 'quit' ? exits.ok : exits.interrupted
}

function longestOf(text: string): Duration {
  try {
    return durationOf(text)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem('usage', error.message, { where: '--longest', fix: '--longest 30s', cause: error })
  }
}

/** Errors of the local AWS have four lines: the problem, where, why, fix. */
function explain(error: Error): never {
  const [what = '', ...lines] = error.message.split('\n')
  const part = (label: string) =>
    lines.find((one) => one.trim().startsWith(`${label}:`))?.replace(/^\s*\w+:\s*/, '')
  const [where, why, fix] = ['where', 'why', 'fix'].map(part)
  throw new Problem('unexpected', what, {
    ...(where && { where }),
    ...(why && { why }),
    ...(fix && { fix }),
    cause: error,
  })
}
