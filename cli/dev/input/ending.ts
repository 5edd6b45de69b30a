/** What ended the loop: somebody, a signal, or what broke. */
export type End = 'quit' | 'interrupted' | Error

export interface Ending {
  signal: AbortSignal
  end(how: End): void
}

/**
 * From now on Ctrl-C and its like end the loop in order, and a second one ends this process at once: what it started
 * is on a leash, and ends with it.
 */
export function openEnding(): Ending {
  const ending = new AbortController()
  const end = (how: End) => ending.abort(how)
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // The command line's own leaves at once, which is right for what has nothing to stop.
    process.removeAllListeners(name)
    process.on(name, () => (ending.signal.aborted ? process.exit(130) : end('interrupted')))
  }
  return { signal: ending.signal, end }
}
