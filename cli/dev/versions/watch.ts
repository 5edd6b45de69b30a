import { existsSync, type FSWatcher, watch } from 'node:fs'
import { root } from '../../shell/project.ts'

/** What a version is made of. The rest of the project is not in it, or cannot change while it runs. */
const rooms = ['engine', 'lib', 'matching', 'playbooks', 'responders', 'rules', 'sensing']
const files = ['exceptions.json']

/** An editor writes a file in several steps. */
const settlesMs = 30

/** Calls `saved` with the project's files that were saved together. Gives what ends the watch. */
export function watchProject(saved: (files: string[]) => void): () => void {
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const note = (file: string) => {
    if (!/\.(ts|json)$/.test(file)) return
    changed.add(file)
    clearTimeout(timer)
    timer = setTimeout(() => {
      saved([...changed].sort())
      changed.clear()
    }, settlesMs)
  }
  const watchers: FSWatcher[] = [
    ...rooms
      .filter((room) => existsSync(root + room))
      .map((room) => watch(root + room, { recursive: true }, (_, name) => name && note(`${room}/${name}`))),
    // A file that an editor replaces is another file: its folder tells of it.
    watch(root, (_, name) => name && files.includes(name) && note(name)),
  ]
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
