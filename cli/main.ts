import { debuglog } from 'node:util'
import { CommanderError } from 'commander'
import { paintFor } from '../lib/text/paint.ts'
import { programOf } from './commands/program.ts'
import { ask, confirm, Interrupted } from './shell/ask.ts'
import type { CommandRow } from './shell/command.ts'
import { exitOf, problemDocument, problemLines } from './shell/errors.ts'
import { type Exit, exits } from './shell/exits.ts'
import type { Io } from './shell/io.ts'
import { jsonText } from './shell/json.ts'
import { outputOf, terminalWidth, writerOf } from './shell/output.ts'
import { wait } from './shell/progress.ts'
import { adopt, settingsOf } from './shell/settings.ts'

interface Common {
  stage: string
  region?: string
  profile?: string
  json?: boolean
  color: boolean
}

const { stdout, stderr, env } = process
let stopped = 'Nothing was changed.'
let stage = env.PORTCULLIS_STAGE ?? 'dev'

/** Runs one command and returns its exit code. Errors are printed on stderr. */
export async function main(args: string[]): Promise<number> {
  process.on('SIGINT', () => {
    tell(['', `Stopped. ${stopped}`])
    process.exit(exits.interrupted)
  })
  const tell = writerOf(stderr)
  try {
    if (args.length === 0) return await greet()
    // Exit at once: a slow request may still be open, and the shell has its answer.
    if (args[0] === 'complete') process.exit(await (await import('./commands/complete.ts')).complete(args))
    let code: number = exits.ok
    const program = programOf(async (row, values) => {
      code = await perform(row, values as unknown as Common)
    })
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    return explain(error, args, tell)
  }
}

async function greet(): Promise<Exit> {
  const { overview } = await import('./commands/overview.ts')
  writerOf(stdout)([overview()])
  return exits.ok
}

async function perform(row: CommandRow, values: Common): Promise<number> {
  const { region, profile, json = false, color } = values
  stage = values.stage
  adopt({ ...(region && { region }), ...(profile && { profile }) }, env)
  const io: Io = {
    ...outputOf(stdout, stderr, json),
    settings: settingsOf(stage),
    json,
    width: terminalWidth(stdout),
    paint: paintFor(stdout, color),
    confirm,
    ask,
    wait: (says, work) => (json ? work : wait(says, work, stderr, false)),
    step: (says, work) => (json ? work : wait(says, work, stderr, true)),
    ifStopped(says) {
      stopped = says
    },
  }
  const { run } = await row.load()
  return run(values as never, io)
}

async function explain(error: unknown, args: string[], tell: (lines: string[]) => boolean): Promise<number> {
  if (error instanceof Interrupted) {
    tell([`Stopped. ${stopped}`])
    return exits.interrupted
  }
  if (error instanceof CommanderError && error.exitCode === 0) return exits.ok
  // Only the first word of several commands was typed: commander has printed the help on stderr already.
  if (error instanceof CommanderError && error.code === 'commander.help') return exits.usage
  const { problemOf } = await import('./commands/problem-of.ts')
  const problem = problemOf(error, args, stage)
  debuglog('portcullis')('%o', error)
  tell(args.includes('--json') ? [jsonText(problemDocument(problem))] : problemLines(problem))
  return exitOf(problem)
}
