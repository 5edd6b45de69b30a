import { getPath } from '../../lib/get-path.ts'
import { type Evaluator, evaluate, type Judged } from './evaluate.ts'
import { eventsIn } from './read/events-in.ts'
import { bytesOf } from './read/files.ts'
import type { Raw, RecordPlace } from './read/raw.ts'
import { recordsIn } from './read/records.ts'

/** What became of one record. */
export type Replayed = RecordPlace & { file: string } & (
    | { eventID: string | null; event: object; rules: string[]; decisions: Judged[] }
    | { error: string }
  )

/** Records of one file, or of an account. */
export interface Batch {
  file: string
  raws: Raw[]
}

/** The records of files, one file after the other. What cannot be read of one is told, and the next is read. */
export async function* batchesOf(files: readonly string[]): AsyncGenerator<Batch, void> {
  for (const file of files) {
    let last: RecordPlace = { line: 1, offset: 0 }
    try {
      for await (const raws of recordsIn(bytesOf(file))) {
        last = raws.at(-1) ?? last
        yield { file, raws }
      }
    } catch (error) {
      // The reader of an unpacked file knows nothing better than the last record before.
      const problem = `cannot be read on from here: ${error instanceof Error ? error.message : error}`
      yield { file, raws: [{ line: last.line, offset: last.offset, problem }] }
    }
  }
}

/** What would have been done about each record, in batches as they come. An unreadable record never ends it. */
export async function* replay(
  batches: AsyncIterable<Batch>,
  it: Evaluator,
): AsyncGenerator<Replayed[], void> {
  for await (const { file, raws } of batches) yield raws.flatMap((raw) => replayed(file, raw, it))
}

function replayed(file: string, raw: Raw, it: Evaluator): Replayed[] {
  const { line, offset } = raw
  if ('problem' in raw) return [{ file, line, offset, error: raw.problem }]
  return eventsIn(raw.text).map((found) =>
    'problem' in found
      ? { file, line, offset, error: found.problem }
      : { file, line, offset, eventID: idOf(found.event), event: found.event, ...evaluate(found.event, it) },
  )
}

/** CloudTrail's own id where there is one: the envelope's is of the delivery. */
function idOf(event: object): string | null {
  const id = getPath(event, 'detail', 'eventID') ?? getPath(event, 'id')
  return typeof id === 'string' ? id : null
}
