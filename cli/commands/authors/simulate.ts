import { evaluatorFor } from '../../replay/evaluator-for.ts'
import { wantedOf } from '../../replay/filter-typed.ts'
import { eventLine } from '../../replay/lines/event-line.ts'
import { simulatedLines } from '../../replay/lines/simulated-lines.ts'
import { oneEvent } from '../../replay/read/one-event.ts'
import { unreadableInput } from '../../replay/read/unreadable.ts'
import { simulate } from '../../replay/simulate.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

interface Typed {
  event: string
  rule?: string
  offline?: boolean
}

/** `portcullis simulate`: the plan for everything that an event would set off; changes nothing. */
export async function run({ event: path, rule, offline = false }: Typed, io: Io): Promise<number> {
  const found = await oneEvent(path)
  if ('problem' in found)
    throw unreadableInput(path, found.problem, 'give an EventBridge event, a CloudTrail record or a finding')
  const { event } = found
  const { prefix } = io.settings
  const evaluator = await evaluatorFor({ prefix, ...wantedOf({ rule }) })
  const simulation = simulate(event, evaluator, { prefix, offline })
  const { failure, ...simulated } = await io.wait('reading the account', simulation)
  if (io.json) io.document({ ...simulated, changed: false })
  else {
    io.print(...eventLine(event, io.width))
    io.print(...simulatedLines(simulated, evaluator.rules, { offline, path, ...io }), 'No changes were made.')
  }
  if (failure !== undefined) throw failure
  return exits.ok
}
