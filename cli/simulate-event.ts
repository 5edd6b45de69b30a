import { courtFor } from '../replay/court-for.ts'
import { oneEvent } from '../replay/one-event.ts'
import { simulate } from '../replay/simulate.ts'
import { exits } from './exits.ts'
import type { Io } from './io.ts'
import { eventLine } from './print/event-line.ts'
import { simulatedLines } from './print/simulated.ts'
import { unreadable } from './print/unreadable.ts'
import { wantedOf } from './print/wanted.ts'

export interface Typed {
  event: string
  rule?: string
  offline?: boolean
}

/** The plan for everything an event would set off, printed; and the exit code. */
export async function simulateEvent({ event: path, rule, offline = false }: Typed, io: Io): Promise<number> {
  const found = await oneEvent(path)
  if ('problem' in found)
    throw unreadable(path, found.problem, 'give an event, a CloudTrail record, or a finding')
  const { event } = found
  const { prefix } = io.settings
  const it = await courtFor({ prefix, ...wantedOf({ rule }) })
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
