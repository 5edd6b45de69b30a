import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of the project, with a trailing slash. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** The text of a file, by its path in the project; undefined when there is no such file. */
export function readProjectFile(path: string): string | undefined {
  try {
    return readFileSync(root + path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The names in a folder of the project with this ending, sorted; empty when there is no such folder. */
export function namesIn(folder: string, end: string): string[] {
  try {
    return readdirSync(root + folder)
      .filter((name) => name.endsWith(end))
      .sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/**
 * The files that an index imports, by name: `throttle-stage` → `playbooks/edge/throttle-stage.ts`. Reads the index as
 * text: importing it would load every playbook and the SDK client of every service.
 */
export const listedIn = (room: 'playbooks' | 'rules' | 'test/scenes'): Map<string, string> =>
  new Map(
    [
      ...(readProjectFile(`${room}/index.ts`) ?? '').matchAll(
        /^import \{.*\} from '\.\/(.*?([\w-]+)\.ts)'$/gm,
      ),
    ].map(([, path = '', name = '']) => [name, `${room}/${path}`]),
  )

/** Every source file below a folder, by its path in the project. */
export const sourcesBelow = (folder: string): string[] =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`)
    .sort()
