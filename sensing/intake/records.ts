import { BadEvent } from '../../engine/errors.ts'
import { sha256 } from '../../lib/canonical.ts'
import { mapLimit } from '../../lib/map-limit.ts'
import { parseJson } from '../../lib/parse-json.ts'
import { awsId } from '../signals/identifier.ts'
import { unreadable } from '../signals/unreadable.ts'
import { type ExtractedFacts, mergeFacts } from './facts.ts'
import { factsWithOverflowBody } from './overflow-body.ts'

/** One of several records in a delivery. */
export interface IntakeLine {
  text: string
  /** Where the record is stored. */
  where: string
  id: string
  /** When it was stored, ISO 8601. */
  time?: string
  /** Only Bedrock can have written it. Anything else is treated as a claim of an application. */
  fromBedrock: boolean
}

/** An unreadable record: where it is stored, and enough to recognise it. Never its text. */
export interface BrokenRecord {
  where: string
  id: string
  sha256: string
  length: number
  error: string
}

/** Bounds the records that are read concurrently: some fetch a body from S3. */
const maxConcurrent = 25

/** The facts in all lines. Unreadable lines do not block the others. Throws errors that are worth a retry. */
export async function factsOfLines(
  lines: IntakeLine[],
  bucket: string,
): Promise<{ extracted: ExtractedFacts; broken: BrokenRecord[] }> {
  const broken: BrokenRecord[] = []
  const all = await mapLimit(maxConcurrent, lines, async (line): Promise<ExtractedFacts> => {
    const { text, where, id } = line
    try {
      return located(await factsWithOverflowBody(recordOf(text), bucket), line)
    } catch (error) {
      if (!(error instanceof BadEvent)) throw error
      broken.push({ where, id, sha256: sha256(text), length: text.length, error: error.message })
      return mergeFacts([])
    }
  })
  return { extracted: mergeFacts(all), broken }
}

function recordOf(text: string): unknown {
  const record = parseJson(text)
  if (record === undefined) throw unreadable('record', 'is not valid JSON', text)
  return record
}

/** Adds where and when the record was stored. Claims of applications are counted, but not emitted. */
function located(
  { facts, signals }: ExtractedFacts,
  { where, time, fromBedrock }: IntakeLine,
): ExtractedFacts {
  const known = facts.filter((one) => one.type !== 'Call')
  for (const fact of known) {
    if (time !== undefined) fact.time ??= time
    if (fact.origin !== 'invocation-log' || !fromBedrock) fact.origin = 'application'
    else if (fact.evidence.where === 'invocation-log') fact.evidence.where = awsId(where) ?? 'invocation-log'
  }
  return { facts: known, signals: signals.filter(({ origin }) => origin !== 'application') }
}
