import { exits } from '../shell/exits.ts'
import type { Io } from '../shell/io.ts'
import { evaluatorFor } from './evaluator-for.ts'
import { wantedOf } from './filter-typed.ts'
import { eventLine } from './lines/event-line.ts'
import { simulatedLines } from './lines/simulated-lines.ts'
import { oneEvent } from './read/one-event.ts'
import { unreadableLine } from './read/unreadable.ts'
import { simulate } from './simulate.ts'

export interface SimulateOptions {
  event: string
  rule?: string
  offline?: boolean
}

/** The plan for everything an event would set off, printed; and the exit code. */
export async function simulateEvent(
  { event: path, rule, offline = false }: SimulateOptions,
  io: Io,
): Promise<number> {
  const found = await oneEvent(path)
  if ('problem' in found)
    throw unreadableLine(path, found.problem, 'give an event, a CloudTrail record, or a finding')
  const { event } = found
  const { prefix } = io.settings
  const it = await evaluatorFor({ prefix, ...wantedOf({ rule }) })
  const simulated = await io.wait('looking at the account', simulate(event, it, { prefix, offline }))
  const { failure, ...told } = simulated
  if (io.json) io.document({ ...told, changed: false })
  else {
    io.print(...eventLine(event, io.width))
    io.print(...simulatedLines(told, it.rules, { offline, path, ...io }), 'No changes were made.')
  }
  if (failure !== undefined) throw failure
  return exits.ok
}
