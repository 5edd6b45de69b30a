import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { constants } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Emulators } from './emulators.ts'
import { prepare } from './prepare.ts'
import { play } from './replay/play.ts'
import type { Responders } from './responders.ts'
import { toJson } from './story/ndjson.ts'
import { toTerminal } from './story/terminal.ts'

const help = `Recorded attacks on an AWS of your own: seen, contained, looked at, released.
No AWS account, no Docker; everything is on this machine and gone when it ends.

  npm start                      the story, as it happens
  npm start -s -- --json         one JSON object a line, the summary last (-s: npm adds nothing)
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
// A second one ends this process at once; the emulators are on a leash and end with it.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => (ending.signal.aborted ? process.exit(codeOf(name)) : ending.abort(name)))
// Nobody reads any more (`npm start | head`).
process.stdout.on('error', () => process.exit(codeOf('SIGPIPE')))

let emulators: Emulators | undefined
let outcome: number | undefined
const code = await Promise.race([story(), ended()]).catch(explain)
await emulators?.stop()
if (ending.signal.aborted && code !== 1) say('Stopped. Nothing is left running.')
process.exit(code)

async function story(): Promise<number> {
  const { signal } = ending
  const tell = json ? toJson(process.stdout) : toTerminal(process.stdout)
  if (!json)
    process.stdout.write('Portcullis: recorded attacks on an AWS that is only here. Times are UTC.\n\n')
  const { deployed, seeded, responders } = await prepare(json, hold, tell, signal)
  const { failed } = await play(deployed, seeded, responders, tell, signal)
  outcome = failed > 0 ? 1 : 0
  if (keep) await stay(deployed.journal, responders)
  else if (!json)
    process.stdout.write('\nAll of it is gone again; npm start -- --keep leaves it there to look around.\n')
  return outcome
}

/** From now on there is something to stop. An emulator that dies ends the story, and says why. */
function hold(started: Emulators): void {
  emulators = started
  void started.died.then((error) => ending.abort(error))
}

/** What ends the story early: a signal gives its exit code, an emulator that died or the time being up throws. */
function ended(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const late = new Error(`It took longer than ${longestMs / 1000} s: is this machine very busy?`)
  setTimeout(() => outcome ?? ending.abort(late), longestMs).unref()
  ending.signal.addEventListener('abort', () => {
    const { reason } = ending.signal
    if (reason instanceof Error) return reject(reason)
    resolve(outcome ?? codeOf(reason))
  })
  return promise
}

function codeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal]
}

/** Leaves everything as it is until somebody ends it: then the story is over, and was not broken off. */
async function stay(table: string, { slack, mailPage }: Responders): Promise<void> {
  const { AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env
  const own = { AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }
  const set = Object.entries(own).map(([name, value]) => `${name}=${value}`)
  say(
    [
      'It is all still there until Ctrl-C:',
      `  Slack  ${slack.inspector}`,
      `  mail   ${mailPage}`,
      `  export ${set.join(' ')}`,
      '  npx portcullis incidents --stage local',
      `  aws dynamodb scan --table-name ${table}`,
    ].join('\n'),
  )
  await once(ending.signal, 'abort')
}

/** A connection that breaks because an emulator dies says less than the emulator's own last words. */
async function explain(error: unknown): Promise<number> {
  const death = await Promise.race([emulators?.died, sleep(500)])
  say(`error: ${(death ?? (error as Error)).message}`)
  return 1
}

/** Past listr2, which holds back what others write while it renders, and hides the cursor. */
function say(text: string): void {
  writeSync(process.stderr.fd, `${process.stderr.isTTY ? '\u001b[?25h' : ''}\n${text}\n`)
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
