import type { Mode } from '../../../engine/rule.ts'
import { type Evaluator, evaluateEvent, evaluator } from '../../replay/evaluate.ts'
import { evaluatorFor } from '../../replay/evaluator-for.ts'
import { wantedOf } from '../../replay/filter-typed.ts'
import { differenceLines } from '../../replay/lines/difference-lines.ts'
import { problemLine, progressOf, tallyLines } from '../../replay/lines/tally-lines.ts'
import { narrow } from '../../replay/narrow.ts'
import { filesAt } from '../../replay/read/files.ts'
import { historyLimits, lookUpEvents, lookupOf, maxHistoryDays } from '../../replay/read/lookup.ts'
import { unreadableInput } from '../../replay/read/unreadable.ts'
import { batchesOf, type RecordBatch, type Replayed, replay } from '../../replay/replay.ts'
import { differences } from '../../replay/replay-difference.ts'
import { type EarlierRules, rulesOf } from '../../replay/rules-of.ts'
import { tallyReplay } from '../../replay/tally.ts'
import { Problem } from '../../shell/errors.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'
import { sinceOf } from '../../shell/since.ts'

interface Typed {
  path?: string
  since?: string
  rule?: string
  playbook?: string
  ceiling?: Mode
  against?: string
}

/** Unreadable records that are listed one by one. */
const maxListed = 10

/** `portcullis replay`: what would have been decided about recorded events. Changes nothing. */
export async function run(typed: Typed, io: Io): Promise<number> {
  const wanted = wantedOf(typed)
  const { ceiling } = typed
  const now = await evaluatorFor({ prefix: io.settings.prefix, ...(ceiling && { ceiling }), ...wanted })
  const earlier = typed.against === undefined ? undefined : await load(typed.against)
  const before =
    earlier && evaluator({ ...now, rules: narrow(earlier.rules, wanted), playbooks: earlier.playbooks })
  const batches = await batchesFor(typed, now, io)
  if (typeof batches === 'number') return batches

  const count = tallyReplay()
  const compared = differences()
  const progress = progressOf(process.stderr, io)
  let listed = 0
  for await (const batch of replay(batches, now)) {
    for (const one of batch) {
      if (io.json && !io.line(lineOf(one, typed.path))) return exits.ok
      if ('error' in one) {
        count.unreadable()
        if (++listed <= maxListed) progress.note(problemLine(one))
        continue
      }
      count.add(one.rules, one.decisions)
      if (before) {
        compared.add('now', one)
        compared.add('before', evaluateEvent(one.event, before))
      }
    }
    progress.show(count.records())
  }
  progress.end()
  const summary = count.summary()
  if (listed > maxListed) io.note(`… and ${listed - maxListed} more unreadable records`)
  const difference = before && { against: earlier?.commit, ...compared.result() }
  if (io.json) {
    if (difference) io.line({ difference })
    io.line({ summary })
  } else if (summary.records > 0 || typed.since !== undefined) {
    io.print(...tallyLines(summary, io))
    if (difference) io.print('', ...differenceLines(typed.against ?? '', difference, io))
  }
  if (summary.records > 0 && summary.unreadable < summary.records) return exits.ok
  if (summary.records === 0 && typed.since !== undefined) return exits.ok
  const why = summary.records === 0 ? 'it has no records' : 'none of its records can be read'
  throw unreadableInput(typed.path ?? '', why, 'give EventBridge events, CloudTrail records or findings')
}

async function batchesFor(typed: Typed, it: Evaluator, io: Io): Promise<AsyncIterable<RecordBatch> | number> {
  const { path, since } = typed
  if ((path === undefined) === (since === undefined))
    throw new Problem(
      'usage',
      path ? 'a path and --since exclude each other' : 'a path or --since is missing',
      {
        fix: 'give a file, a folder, - for standard input, or --since 7d for the CloudTrail event history',
      },
    )
  if (since !== undefined) return history(since, it, io)
  if (path === '-') return batchesOf(['-'])
  try {
    return batchesOf(await filesAt(path ?? ''))
  } catch (error) {
    throw unreadableInput(path ?? '', (error as Error).message, 'give a file, a folder, or -')
  }
}

function history(since: string, { rules }: Evaluator, io: Io): AsyncIterable<RecordBatch> {
  const from = sinceOf(since, maxHistoryDays)
  const wanted = lookupOf(rules)
  const only = wanted && [...wanted.sources, ...wanted.names].join(', ')
  io.note(...historyLimits, `Looked up: ${only ?? 'every call'}.`)
  return lookUpEvents(from, wanted)
}

async function load(ref: string): Promise<EarlierRules> {
  try {
    return await rulesOf(ref)
  } catch (cause) {
    throw new Problem('usage', 'the rules of this commit cannot be loaded', {
      where: '--against',
      why: (cause as Error).message.split('\n')[0] || 'git does not find this commit',
      fix: 'give a branch, tag or commit that has rules/index.ts: --against main',
      cause,
    })
  }
}

/** One record as a JSON line; it names the file when several are replayed. */
function lineOf(one: Replayed, path: string | undefined): object {
  const { line, offset, file } = one
  const place = { line, offset, ...(file !== path && { file }) }
  if ('error' in one) return { ...place, error: one.error }
  const { eventID, rules, decisions } = one
  return { ...place, eventID, rules, decisions }
}
