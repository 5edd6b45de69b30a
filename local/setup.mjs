// Installs what a fresh clone lacks, then runs a script in it: `node local/setup.mjs local/start.ts [args…]`.
// Plain JavaScript for Node >= 20 without dependencies, because it runs before anything is installed.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import {
  emulatorsReady,
  findPython,
  installEmulators,
  installModules,
  modulesReady,
} from './setup/install.mjs'
import { locked } from './setup/lock.mjs'
import { exitCode, heard, problem, root, run } from './setup/run.mjs'

const major = Number(process.versions.node.split('.')[0])

async function main([script, ...args]) {
  check()
  if (!modulesReady() || !emulatorsReady()) {
    await locked(async () => {
      if (!emulatorsReady()) findPython() // fails before the long step, not after it
      if (!modulesReady()) await installModules()
      if (!emulatorsReady()) await installEmulators()
    })
  }
  if (heard()) return exitCode()
  const bin = join(root, 'node_modules/.bin')
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) }
  const { code } = await run(node(bin), [join(root, script), ...args], { env, stdio: 'inherit' })
  return heard() === 'SIGINT' ? exitCode() : code
}

function check() {
  const why = `this is Node ${process.versions.node} on ${process.platform}`
  if (major < 20)
    throw problem('Node 20 or newer is needed.', process.execPath, why, 'install it: https://nodejs.org')
  if (process.platform === 'win32') {
    throw problem('The emulators need a POSIX system.', 'local/setup.mjs', why, 'run this in WSL')
  }
}

/** The pinned Node 24, or the running one on a platform without such a package. */
function node(bin) {
  const pinned = join(bin, 'node')
  if (existsSync(pinned)) return pinned
  if (major >= 24) return process.execPath
  const why = `npm has no Node 24 for ${process.platform} ${process.arch}, and this is ${process.versions.node}`
  throw problem(
    'Node 24 is needed to run TypeScript.',
    'node_modules/.bin/node',
    why,
    'run this with Node 24',
  )
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error.told ? error.message : error.stack}\n`)
  process.exitCode = exitCode() || 1
}
