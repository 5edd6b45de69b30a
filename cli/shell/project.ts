import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of the project, with a separator at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** The text of a file, by its path in the project; nothing when there is none. */
export function readProjectFile(path: string): string | undefined {
  try {
    return readFileSync(root + path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The names in a folder of the project that end so, in their order; none when there is no such folder. */
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
 * The files that an index lists, by their names: `throttle-stage` → `playbooks/edge/throttle-stage.ts`. Reads the
 * index and loads nothing: with every playbook comes a client for every service.
 */
export const listedIn = (room: 'playbooks' | 'rules' | 'test/scenes'): Map<string, string> =>
  new Map(
    [
      ...(readProjectFile(`${room}/index.ts`) ?? '').matchAll(
        /^import \{.*\} from '\.\/(.*?([\w-]+)\.ts)'$/gm,
      ),
    ].map(([, path = '', name = '']) => [name, `${room}/${path}`]),
  )

/** Every source file below a folder of the project, by its path in the project; tests and their data left out. */
export const sourcesBelow = (folder: string): string[] =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`)
    .sort()
