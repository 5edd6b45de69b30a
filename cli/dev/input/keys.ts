import { existsSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import type { DevInbox, DevWish } from './input-lines.ts'

const wishes: Record<string, DevWish['do']> = {
  r: 'replay',
  p: 'plan',
  w: 'why',
  u: 'undo',
  a: 'approve',
  d: 'diff',
  o: 'open',
  q: 'quit',
}

export const keyLine =
  'keys: t trigger · r replay last · p plan · w why not the others · a approve · u undo · d state diff · o open · ? help · q quit'

/** What keys do besides what a line may ask for. */
export interface Keyboard extends Pick<DevInbox, 'wish'> {
  help(): void
  interrupt(): void
  /** Files that were dropped on the terminal, which types their names. */
  files(paths: string[]): void
  /** Lets somebody choose an event by its name; nothing when they think better of it. */
  choose(): Promise<string | undefined>
}

/** Reads single keys of the terminal. Gives what ends that, and leaves the terminal as it was. */
export function readKeys(keyboard: Keyboard): () => void {
  const { stdin } = process
  const listen = () => {
    stdin.setRawMode(true).setEncoding('utf8').resume()
    stdin.on('data', take)
  }
  const leave = () => {
    stdin.off('data', take)
    stdin.setRawMode(false).pause()
  }
  listen()
  return leave

  function take(typed: string): void {
    const dropped = pathsIn(typed)
    if (typed.includes('\u0003')) keyboard.interrupt()
    else if (dropped.length > 0) keyboard.files(dropped)
    else for (const key of typed) press(key)
  }

  function press(key: string): void {
    const asked = wishes[key]
    if (asked && asked !== 'trigger') keyboard.wish({ do: asked })
    if (key === 't') void choose()
    if (key === '?') keyboard.help()
  }

  async function choose(): Promise<void> {
    leave()
    const name = await keyboard.choose().finally(listen)
    if (name !== undefined) keyboard.wish({ do: 'trigger', name })
  }
}

/** A terminal quotes the names of what is dropped on it, and brackets what is pasted. */
const pathsIn = (typed: string): string[] =>
  typed.length < 3
    ? []
    : (stripVTControlCharacters(typed).match(/'[^']+'|"[^"]+"|(?:\\.|[^\s\\])+/g) ?? [])
        .map((one) => one.replace(/^['"]|['"]$/g, '').replace(/\\(.)/g, '$1'))
        .filter((path) => existsSync(path))
