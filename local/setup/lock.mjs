import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { heard, root } from './run.mjs'

const lock = join(root, '.local/setup.lock')
const mine = `${lock}.${process.pid}`

/**
 * Lets one run install while others wait. A lock is stale when neither its owner runs nor the step that the owner
 * started (a killed setup leaves npm running).
 */
export async function locked(work) {
  mkdirSync(mine, { recursive: true })
  writeFileSync(join(mine, 'owner'), String(process.pid))
  try {
    for (let told = false; !taken(); await sleep(200)) {
      if (heard()) return
      if (!['owner', 'step'].some((name) => alive(pid(name)))) drop(`${mine}.stale`)
      else if (!told) {
        told = true
        process.stderr.write('Another run is installing; waiting for it …\n')
      }
    }
    await work()
  } finally {
    if (pid('owner') === process.pid) drop(`${mine}.done`)
    rmSync(mine, { recursive: true, force: true })
  }
}

/** Records the process that does the work, so that the lock holds as long as that process runs. */
export const working = (child) => writeFileSync(join(lock, 'step'), String(child))

/** Takes the lock by renaming a finished directory, which is atomic and fails while the lock exists. */
function taken() {
  try {
    renameSync(mine, lock)
    return true
  } catch (error) {
    if (['EEXIST', 'ENOTEMPTY'].includes(error.code)) return false
    throw error
  }
}

function drop(aside) {
  try {
    renameSync(lock, aside)
    rmSync(aside, { recursive: true, force: true })
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

function pid(name) {
  const path = join(lock, name)
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0
}

function alive(process_) {
  try {
    return process_ > 0 && process.kill(process_, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
