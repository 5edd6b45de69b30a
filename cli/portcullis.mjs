#!/usr/bin/env node
// The entry point of the shell: plain JavaScript, because the installed Node.js may be too old to run TypeScript.
// It starts the pinned Node.js of the project then; Node.js 24 or newer is used as it is.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const entry = new URL('portcullis.ts', import.meta.url)
const pinned = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
const { node } = process.versions

if (Number(node.split('.')[0]) >= 24) {
  await import(entry.href)
} else if (existsSync(pinned)) {
  const child = spawn(pinned, [fileURLToPath(entry), ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends Ctrl-C to both processes: the child decides when to end.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('close', (code, died) => {
    process.exitCode = code ?? 128 + constants.signals[died]
  })
} else {
  process.stderr.write(`error[old-node] portcullis needs Node.js 24
  where  ${process.execPath}
  why    this is Node.js ${node}, which does not run TypeScript
  fix    npm ci   (installs Node.js 24 in node_modules)\n`)
  process.exitCode = 1
}
