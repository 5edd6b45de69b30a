/** What ended the loop: the user, a signal, or an error. */
export type End = 'quit' | 'interrupted' | Error

export interface Ending {
  signal: AbortSignal
  end(how: End): void
}

/**
 * Makes Ctrl-C, SIGTERM and SIGHUP end the loop in order; a second one ends this process at once, and with it the
 * supervised processes that it started.
 */
export function openEnding(): Ending {
  const ending = new AbortController()
  const end = (how: End) => ending.abort(how)
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // The handler of the command line exits at once, which is right only for commands with nothing to stop.
    process.removeAllListeners(name)
    process.on(name, () => (ending.signal.aborted ? process.exit(130) : end('interrupted')))
  }
  return { signal: ending.signal, end }
}
