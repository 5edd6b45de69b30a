import { BadEvent } from '../../engine/errors.ts'
import { sha256 } from '../../lib/canonical.ts'
import { mapLimit } from '../../lib/map-limit.ts'
import { parseJson } from '../../lib/parse-json.ts'
import { awsId } from '../signals/identifier.ts'
import { unreadable } from '../signals/unreadable.ts'
import { type Facts, together } from './facts.ts'
import { factsWithin } from './overflow-body.ts'

/** One record of many in one delivery. */
export interface IntakeLine {
  text: string
  /** Where it can be looked up, by those who may. */
  where: string
  id: string
  /** When it was written there, ISO 8601. */
  time?: string
  /** Bedrock wrote it: where others may write, all that is said is a claim. */
  isBedrocks: boolean
}

/** A record that nobody can read: where it lies, and enough to recognise it. Never its text. */
export interface BrokenRecord {
  where: string
  id: string
  sha256: string
  length: number
  error: string
}

const mostAtOnce = 25

/** What all the lines say; the unreadable ones do not hold up the others. Throws what may succeed later. */
export async function factsOfLines(
  lines: IntakeLine[],
  bucket: string,
): Promise<{ said: Facts; broken: BrokenRecord[] }> {
  const broken: BrokenRecord[] = []
  const all = await mapLimit(mostAtOnce, lines, async (line): Promise<Facts> => {
    const { text, where, id } = line
    try {
      return located(await factsWithin(recordOf(text), bucket), line)
    } catch (error) {
      if (!(error instanceof BadEvent)) throw error
      broken.push({ where, id, sha256: sha256(text), length: text.length, error: error.message })
      return together([])
    }
  })
  return { said: together(all), broken }
}

function recordOf(text: string): unknown {
  const record = parseJson(text)
  if (record === undefined) throw unreadable('record', 'is no JSON', text)
  return record
}

/** Adds where and when it was written, which a record may not say; of claims nothing is said on. */
function located({ facts, signals }: Facts, { where, time, isBedrocks }: IntakeLine): Facts {
  const known = facts.filter((one) => one.type !== 'Call')
  for (const fact of known) {
    if (time !== undefined) fact.time ??= time
    if (fact.origin !== 'invocation-log' || !isBedrocks) fact.origin = 'application'
    else if (fact.evidence.where === 'invocation-log') fact.evidence.where = awsId(where) ?? 'invocation-log'
  }
  return { facts: known, signals: signals.filter(({ origin }) => origin !== 'application') }
}
