import { existsSync, type FSWatcher, watch } from 'node:fs'
import { root } from '../../shell/project.ts'

/** The folders that a version is loaded from; the other ones are not part of it, or cannot change while it runs. */
const rooms = ['engine', 'lib', 'matching', 'playbooks', 'responders', 'rules', 'sensing']
const files = ['exceptions.json']

/** An editor writes a file in several steps: wait for the last one. */
const quietMs = 30

/** Calls `saved` with the files that were saved together. Returns a function that ends the watch. */
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
    }, quietMs)
  }
  const watchers: FSWatcher[] = [
    ...rooms
      .filter((room) => existsSync(root + room))
      .map((room) => watch(root + room, { recursive: true }, (_, name) => name && note(`${room}/${name}`))),
    // Watch the folder, since many editors replace a file instead of writing to it.
    watch(root, (_, name) => name && files.includes(name) && note(name)),
  ]
  return () => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
}
