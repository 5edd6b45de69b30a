import { readdirSync } from 'node:fs'
import { basename, join, sep } from 'node:path'

const folder = join(import.meta.dirname, '..', '..', 'playbooks')

/** The layer of a playbook whose file is directly in playbooks/. */
const ofTheRest = 'notifications'

let layers: Map<string, string> | undefined

/**
 * The layer of a playbook: the sub-folder of playbooks/ that holds its file. The playbooks of a layer share a nested
 * stack, a dead-letter queue and an alarm. Throws when no file is named after the playbook.
 */
export function layerOf(playbook: string): string {
  layers ??= new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => {
      const [layer = '', ...rest] = path.split(sep)
      return [basename(path, '.ts'), rest.length > 0 ? layer : ofTheRest]
    }),
  )
  const layer = layers.get(playbook)
  if (layer === undefined) throw new Error(`${playbook}: playbooks/ has no file of this name.`)
  return layer
}
