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
