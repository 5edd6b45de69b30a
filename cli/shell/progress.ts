const quietMs = 300

/**
 * Waits for the work. What takes no longer than 300 ms says nothing; on a terminal the line is there while it lasts,
 * elsewhere (a log) there is one line when it is done, if it is worth one.
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
