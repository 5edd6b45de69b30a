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

const help = `Replays recorded attacks on a local AWS: detects, contains, verifies and releases each of them.
Needs no AWS account and no Docker. Everything runs on this machine and is removed at the end.

  npm start                      print the replay as it happens
  npm start -s -- --json         print one JSON object per line, the summary last (-s silences npm)
  npm start -- --keep            keep the local AWS running at the end, for inspection
  NO_COLOR=1 npm start           print without colours

Options
  --json    print JSON for programs, on standard output
  --keep    run until Ctrl-C
  --help    print this help

Exit code: 0 if the account confirmed every claim, 1 if not, 2 for wrong usage, 130 after Ctrl-C.
`

/** How long the whole replay may take, on a busy machine. */
const longestMs = 600_000

const { json, keep } = options()
const ending = new AbortController()
// A second signal ends this process at once; the emulators' supervisor stops them with it.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => (ending.signal.aborted ? process.exit(codeOf(name)) : ending.abort(name)))
// The reader closed the pipe (`npm start | head`).
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
  if (!json) process.stdout.write('Portcullis: recorded attacks on a local AWS. Times are in UTC.\n\n')
  const { deployed, seeded, responders } = await prepare(json, hold, tell, signal)
  const { failed } = await play(deployed, seeded, responders, tell, signal)
  outcome = failed > 0 ? 1 : 0
  if (keep) await stay(deployed.journal, responders)
  else if (!json)
    process.stdout.write('\nThe local AWS has been removed. To keep it for inspection: npm start -- --keep\n')
  return outcome
}

/** Remembers the emulators, which must be stopped at the end. One that ends by itself ends the replay with its error. */
function hold(started: Emulators): void {
  emulators = started
  void started.died.then((error) => ending.abort(error))
}

/** Ends the replay early: resolves with a signal's exit code; throws when an emulator ended or the time is up. */
function ended(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const late = new Error(
    `The replay took longer than ${longestMs / 1000} s. Run it when this machine is less busy.`,
  )
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

/** Keeps everything running until a signal arrives, which then ends the replay with its own result. */
async function stay(table: string, { slack, mailPage }: Responders): Promise<void> {
  const { AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env
  const own = { AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }
  const set = Object.entries(own).map(([name, value]) => `${name}=${value}`)
  say(
    [
      'The local AWS keeps running until Ctrl-C:',
      `  Slack  ${slack.inspector}`,
      `  mail   ${mailPage}`,
      `  export ${set.join(' ')}`,
      '  npx portcullis incidents --stage local',
      `  aws dynamodb scan --table-name ${table}`,
    ].join('\n'),
  )
  await once(ending.signal, 'abort')
}

/** Where an emulator ended, prints its last lines: they say more than the connection that broke because of it. */
async function explain(error: unknown): Promise<number> {
  const death = await Promise.race([emulators?.died, sleep(500)])
  say(`error: ${(death ?? (error as Error)).message}`)
  return 1
}

/** Writes past listr2, which holds back other output while it renders, and hides the cursor. */
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
    process.stderr.write(`error: ${(error as Error).message}\n\nFor the options: npm start -- --help\n`)
    process.exit(2)
  }
}
