import { existsSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import type { DevInbox, DevRequest } from './input-lines.ts'

const requests: Record<string, DevRequest['do']> = {
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
  'keys: t trigger · r replay last · p plan · w why not · a approve · u undo · d state diff · o open · ? help · q quit'

/** What keys do, besides the requests that lines can make, too. */
export interface Keyboard extends Pick<DevInbox, 'request'> {
  help(): void
  interrupt(): void
  /** Files dropped on the terminal: it types their paths. */
  files(paths: string[]): void
  /** Asks for the name of an event; undefined when the user cancels. */
  choose(): Promise<string | undefined>
}

/** Reads single keys from the terminal. Returns a function that ends this and restores the terminal. */
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
    const asked = requests[key]
    if (asked && asked !== 'trigger') keyboard.request({ do: asked })
    if (key === 't') void choose()
    if (key === '?') keyboard.help()
  }

  async function choose(): Promise<void> {
    leave()
    const name = await keyboard.choose().finally(listen)
    if (name !== undefined) keyboard.request({ do: 'trigger', name })
  }
}

/** The existing paths in typed text. A terminal quotes dropped paths and brackets pasted text. */
const pathsIn = (typed: string): string[] =>
  typed.length < 3
    ? []
    : (stripVTControlCharacters(typed).match(/'[^']+'|"[^"]+"|(?:\\.|[^\s\\])+/g) ?? [])
        .map((one) => one.replace(/^['"]|['"]$/g, '').replace(/\\(.)/g, '$1'))
        .filter((path) => existsSync(path))
