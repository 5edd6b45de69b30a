import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { build } from '../infrastructure/build.ts'
import { startCloud } from '../test/cloud.ts'
import { scenes } from '../test/scenes/index.ts'
import { type MeasuredCost, measureFunction } from './measure.ts'
import { tableOf } from './table.ts'

const help = `npm run bench -- [--playbook <name>] [--json]

Measures the cost of each playbook, from its bundle, against a local AWS. Asserts nothing.

  --playbook <name>  measure this playbook only
  --json             print one JSON object on standard output, and nothing else there
  --help             print this help`

const extent = { runs: 5, warm: 3, delays: [0, 20] }

async function main(): Promise<number> {
  const wanted = read()
  if (typeof wanted === 'string') {
    console.error(`${wanted}\n\n${help}`)
    return 2
  }
  if (wanted.help) {
    console.log(help)
    return 0
  }
  const bundles = await build()
  const bundle = (name: string) => {
    const built = bundles.find((one) => one.name === name)
    if (!built) throw new Error(`The build makes no function ${name}.`)
    return built
  }
  const cloud = await startCloud()
  const playbooks: MeasuredCost[] = []
  let code = 0
  try {
    for (const scene of wanted.scenes) {
      const { name } = scene.playbook
      console.error(`${name}: ${extent.delays.length * extent.runs} cold starts …`)
      try {
        playbooks.push(await measureFunction(cloud, bundle(name), scene, extent))
      } catch (error) {
        // The other playbooks are still measured.
        console.error(error)
        code = 1
      }
    }
  } finally {
    await cloud.stop()
  }
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    // Runnable processes in the last minute. Where they outnumber the cores, the times are too long.
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }
  const { node, cpu, cores, load } = machine
  if (wanted.json) console.log(JSON.stringify({ playbooks, ...extent, ...machine }))
  else console.log(`\n${tableOf(playbooks)}\n\nNode ${node} on ${cores} cores (${cpu}), load ${load}`)
  if (!wanted.playbook) await others(wanted.json ?? false)
  return code
}

/** Measures matching, replay, counting and the start of the command line, each in a separate process with its own memory. */
async function others(json: boolean): Promise<void> {
  for (const name of ['match', 'replay', 'sense', 'cli']) {
    console.error(`${name} …`)
    const args = [
      '--expose-gc',
      `bench/${name}.ts`,
      ...(json || !['sense', 'cli'].includes(name) ? ['--json'] : []),
    ]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] })
    await once(child, 'close')
  }
}

/** The options of the command line, or the error in them. */
function read() {
  // A playbook's further scenes are variations of its first.
  const first = scenes.filter(
    (scene, at) => scenes.findIndex(({ playbook }) => playbook === scene.playbook) === at,
  )
  try {
    const options = {
      help: { type: 'boolean' },
      json: { type: 'boolean' },
      playbook: { type: 'string' },
    } as const
    const { values } = parseArgs({ options })
    const chosen = first.filter(({ playbook }) => !values.playbook || playbook.name === values.playbook)
    const names = first.map(({ playbook }) => playbook.name)
    return chosen.length > 0
      ? { ...values, scenes: chosen }
      : `No playbook ${values.playbook}; there are ${names.join(', ')}.`
  } catch (error) {
    return (error as Error).message
  }
}

process.exitCode = await main()
