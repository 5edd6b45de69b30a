const quietMs = 300

/**
 * Awaits the work. Work shorter than 300 ms prints nothing. On a terminal a line is shown while the work lasts;
 * elsewhere (a log) one line is printed at the end, if `worthALine`.
 */
export async function wait<T>(
  says: string,
  work: Promise<T>,
  err: NodeJS.WriteStream,
  worthALine: boolean,
): Promise<T> {
  const live = err.isTTY && process.env.TERM !== 'dumb'
  const begun = performance.now()
  const timer = setTimeout(() => live && err.write(`… ${says}`), quietMs)
  const took = () => performance.now() - begun
  try {
    const found = await work
    if (!live && worthALine && took() > quietMs) err.write(`✓ ${says} ${(took() / 1000).toFixed(1)} s\n`)
    return found
  } finally {
    clearTimeout(timer)
    if (live && took() > quietMs) err.write('\r\u001b[2K')
  }
}
