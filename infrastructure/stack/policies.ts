import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { policiesOf } from '../stack.ts'
import { deploymentOf } from './deployment.ts'
import { respondersOf } from './responders/responders.ts'

const folder = join(import.meta.dirname, '..', 'policies')

/** The policies as they are reviewed: those of a stage `dev` that notifies people through every channel. */
export const reviewed = () =>
  policiesOf({
    ...deploymentOf({ stage: 'dev', ceiling: 'observe', budget: 10 }),
    responders: respondersOf('local'),
  })

/** Writes policies/<name>.json again, one file a policy: what changed is what is reviewed. */
async function write(): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const old of await readdir(folder)) await rm(join(folder, old))
  for (const [name, policy] of Object.entries(reviewed()))
    await writeFile(join(folder, `${name}.json`), `${JSON.stringify(policy, null, 2)}\n`)
}

if (import.meta.main) write()
