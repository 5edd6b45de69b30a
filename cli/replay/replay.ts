import { getPath } from '../../lib/get-path.ts'
import { type Evaluator, evaluateEvent, type TargetDecision } from './evaluate.ts'
import { eventsIn } from './read/events-in.ts'
import { bytesOf } from './read/files.ts'
import type { Raw, RecordPlace } from './read/raw.ts'
import { recordsIn } from './read/records.ts'

/** The result for one record. */
export type Replayed = RecordPlace & { file: string } & (
    | { eventID: string | null; event: object; rules: string[]; decisions: TargetDecision[] }
    | { error: string }
  )

/** Records of one file, or of an account's event history. */
export interface RecordBatch {
  file: string
  raws: Raw[]
}

/** The records of files, one file after the other. An unreadable part is reported, then the next file is read. */
export async function* batchesOf(files: readonly string[]): AsyncGenerator<RecordBatch, void> {
  for (const file of files) {
    let last: RecordPlace = { line: 1, offset: 0 }
    try {
      for await (const raws of recordsIn(bytesOf(file))) {
        last = raws.at(-1) ?? last
        yield { file, raws }
      }
    } catch (error) {
      // While decompressing, the last record is the nearest known position.
      const problem = `cannot be read from here on: ${error instanceof Error ? error.message : error}`
      yield { file, raws: [{ line: last.line, offset: last.offset, problem }] }
    }
  }
}

/** Evaluates every record, in batches as they arrive. An unreadable record is reported and does not end the replay. */
export async function* replay(
  batches: AsyncIterable<RecordBatch>,
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
      : {
          file,
          line,
          offset,
          eventID: idOf(found.event),
          event: found.event,
          ...evaluateEvent(found.event, it),
        },
  )
}

/** The event id of CloudTrail if there is one: that of the envelope identifies the delivery. */
function idOf(event: object): string | null {
  const id = getPath(event, 'detail', 'eventID') ?? getPath(event, 'id')
  return typeof id === 'string' ? id : null
}
