import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const help = `node bench/cli.ts [--json]

Measures how long the command line takes to start. Asserts nothing.

  --json  one JSON object on stdout
  --help  this`

const runs = 9
const entry = join(import.meta.dirname, '../cli/portcullis.ts')

/** What is started: Node.js alone, which every command pays for, and the commands that a person waits for. */
const commands = {
  'node -e 0': ['-e', '0'],
  'portcullis --help': [entry, '--help'],
  'portcullis undo --help': [entry, 'undo', '--help'],
}

interface StartTime {
  /** Median, in milliseconds. */
  ms: number
  /** `ms` divided by that of `node -e 0`. */
  ratio: number
}

function main(): number {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } })
  if (values.help) {
    console.log(help)
    return 0
  }
  const times = measure()
  if (values.json) console.log(JSON.stringify({ starts: times, runs }))
  else
    for (const [name, { ms, ratio }] of Object.entries(times))
      console.log(
        `${name.padEnd(24)} starts in ${ms.toFixed(0).padStart(4)} ms   ${ratio.toFixed(1)} × node -e 0`,
      )
  return 0
}

/** Runs the commands in turn, so that other work on the machine slows all of them alike. */
function measure(): Record<string, StartTime> {
  const all = Object.entries(commands).map(([name, args]) => ({ name, args, found: [] as number[] }))
  for (const { args } of all) timeOf(args) // fills the compile cache
  for (let run = 0; run < runs; run++) for (const { args, found } of all) found.push(timeOf(args))
  const medians = all.map(({ name, found }) => [name, median(found)] as const)
  const base = medians[0]?.[1] ?? 1
  return Object.fromEntries(medians.map(([name, ms]) => [name, { ms, ratio: ms / base }]))
}

function timeOf(args: string[]): number {
  const begun = performance.now()
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}.`)
  return performance.now() - begun
}

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0

process.exitCode = main()
