import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRouting, type Routing } from '../../../responders/routing.ts'

const folder = join(import.meta.dirname, '..', '..', 'stages')

/** The routing of a stage: its reviewed file in stages/, or default.json where it has none. */
export function routingOfStage(stage: string): Routing {
  const read = (name: string) => readFileSync(join(folder, `${name}.json`), 'utf8')
  let text: string
  try {
    text = read(stage)
  } catch {
    text = read('default')
  }
  return parseRouting(JSON.parse(text))
}
