import { constants } from 'node:os'
import { parseArgs } from 'node:util'
import type { Emulators } from './emulators.ts'
import { prepare } from './prepare.ts'
import { play } from './replay/play.ts'
import { toJson } from './story/ndjson.ts'
import { toTerminal } from './story/terminal.ts'

const help = `Recorded attacks on an AWS of your own: seen, contained, looked at, released.
No AWS account, no Docker; everything is on this machine and gone when it ends.

  npm start                      the story, as it happens
  npm start -- --json            one JSON object a line, the summary last
  npm start -- --keep            leaves the local AWS running at the end, to look around
  NO_COLOR=1 npm start           without colours

Options
  --json    tell it to a program, on standard output
  --keep    stop only at Ctrl-C
  --help    this

Ends with 0 if the account confirmed every claim, 1 if not, 2 for wrong usage, 130 after Ctrl-C.
`

/** The whole story may take this long, on a machine however busy. */
const longestMs = 175_000

const { json, keep } = options()
const ending = new AbortController()
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
// A second one ends this process at once; the emulators are on a leash and end with it.
for (const name of signals) process.once(name, () => ending.abort(name))
// Nobody reads any more (`npm start | head`).
process.stdout.on('error', () => ending.abort('SIGPIPE'))

let emulators: Emulators | undefined
const code = await Promise.race([story(), ended()]).catch(explain)
await emulators?.stop()
process.exit(code)

async function story(): Promise<number> {
  const { signal } = ending
  const tell = json ? toJson(process.stdout) : toTerminal(process.stdout)
  if (!json)
    process.stdout.write('Portcullis: recorded attacks on an AWS that is only here. Times are UTC.\n\n')
  const { deployed, seeded } = await prepare(json, hold, tell, signal)
  const { failed } = await play(deployed, seeded, tell, signal)
  if (keep) await stay(deployed.journal)
  return failed > 0 ? 1 : 0
}

/** From now on there is something to stop. An emulator that dies ends the story, and says why. */
function hold(started: Emulators): void {
  emulators = started
  void started.died.then((error) => ending.abort(error))
}

/** What ends the story early: a signal's exit code, or a throw. */
async function ended(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const late = setTimeout(() => reject(new Error(`It took longer than ${longestMs / 1000} s.`)), longestMs)
  late.unref()
  ending.signal.addEventListener('abort', () => {
    const { reason } = ending.signal
    if (reason instanceof Error) return reject(reason)
    process.stderr.write('\nStopped. Nothing is left running.\n')
    resolve(128 + constants.signals[reason as NodeJS.Signals])
  })
  return promise
}

async function stay(table: string): Promise<void> {
  const url = process.env.AWS_ENDPOINT_URL
  process.stderr.write(`\nStill there until Ctrl-C:\n  export AWS_ENDPOINT_URL=${url} AWS_REGION=us-east-1`)
  process.stderr.write(' AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local\n')
  process.stderr.write(`  aws dynamodb scan --table-name ${table}\n`)
  await new Promise(() => {})
}

function explain(error: unknown): number {
  process.stderr.write(`\nerror: ${error instanceof Error ? error.message : String(error)}\n`)
  return 1
}

function options(): { json: boolean; keep: boolean } {
  try {
    const flag = { type: 'boolean', default: false } as const
    const { values } = parseArgs({ options: { json: flag, keep: flag, help: { ...flag, short: 'h' } } })
    if (!values.help) return values
    process.stdout.write(help)
    process.exit(0)
  } catch (error) {
    process.stderr.write(`error: ${(error as Error).message}\n\nnpm start -- --help shows what there is.\n`)
    process.exit(2)
  }
}
