import { enableCompileCache } from 'node:module'
import manifest from '../../../package.json' with { type: 'json' }
import { brokenBy } from './broken-by.ts'
import type { FromVersion, ToVersion } from './protocol.ts'
import type { VersionDoor } from './version-door.ts'

// The process of one version of the project. It loads the packages in advance and waits, so that after a save only the
// project's own files are loaded.

enableCompileCache()
const say = (said: FromVersion): void => void process.send?.(said)
let door: VersionDoor | undefined

process.on('disconnect', () => process.exit())
// Ctrl-C is sent to every process of a terminal: the parent process decides when this one ends.
process.on('SIGINT', () => {})
process.on('message', (message: ToVersion) => void ('load' in message ? load(message.load) : answer(message)))
await warm()

async function warm(): Promise<void> {
  const used = /^(@aws-sdk|@aws-lambda-powertools|@slack\/web-api|zod)/
  const names = Object.keys(manifest.dependencies).filter((name) => used.test(name))
  await Promise.allSettled(names.map((name) => import(name)))
}

async function load(environment: Record<string, string>): Promise<void> {
  // The process was started before the local AWS: it must not keep credentials or endpoints of another one.
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, environment)
  try {
    const { openVersionDoor } = await import('./version-door.ts')
    door = await openVersionDoor()
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
