import type { Fields } from '../../../sensing/signals/fields.ts'
import { eventsIn } from './events-in.ts'
import { bytesOf } from './files.ts'
import { recordsIn } from './records.ts'

/** The first event of a file or of standard input (`-`), and whether more follow; or why there is none. */
export async function oneEvent(
  path: string,
): Promise<{ event: Fields; more: boolean } | { problem: string }> {
  try {
    for await (const [raw, next] of recordsIn(bytesOf(path))) {
      if (!raw) continue
      if ('problem' in raw) return raw
      const [found, other] = eventsIn(raw.text)
      if (!found) continue
      return 'event' in found ? { event: found.event, more: Boolean(next ?? other) } : found
    }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
  return { problem: 'is empty' }
}
