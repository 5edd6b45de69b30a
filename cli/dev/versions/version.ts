import { enableCompileCache } from 'node:module'
import manifest from '../../../package.json' with { type: 'json' }
import { brokenBy } from './broken-by.ts'
import type { FromVersion, ToVersion } from './protocol.ts'
import type { VersionDoor } from './version-door.ts'

// One version of the project, in a process of its own. It warms itself with what no save changes, the packages, and
// waits; so that from a save to the new version is only the time that the project's own files take.

enableCompileCache()
const say = (said: FromVersion): void => void process.send?.(said)
let door: VersionDoor | undefined

process.on('disconnect', () => process.exit())
// Ctrl-C reaches every process of a terminal; who started this one decides.
process.on('SIGINT', () => {})
process.on('message', (message: ToVersion) => void ('load' in message ? load(message.load) : answer(message)))
await warm()

async function warm(): Promise<void> {
  const used = /^(@aws-sdk|@aws-lambda-powertools|@slack\/web-api|zod)/
  const names = Object.keys(manifest.dependencies).filter((name) => used.test(name))
  await Promise.allSettled(names.map((name) => import(name)))
}

async function load(environment: Record<string, string>): Promise<void> {
  // It began before the local AWS was there: of any other it must know nothing.
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, environment)
  try {
    const { openVersionDoor: openDoor } = await import('./version-door.ts')
    door = await openDoor()
    say({ loaded: true })
  } catch (error) {
    say({ broken: brokenBy(error) })
  }
}

async function answer({ ask, id, input }: Exclude<ToVersion, { load: unknown }>): Promise<void> {
  try {
    say({ id, answer: await door?.[ask](input as never) })
  } catch (error) {
    say({ id, failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) })
  }
}
