import { evaluatorFor } from '../../replay/evaluator-for.ts'
import { type Explained, explained } from '../../replay/explained.ts'
import { wantedOf } from '../../replay/filter-typed.ts'
import { eventLine } from '../../replay/lines/event-line.ts'
import { explainedLines } from '../../replay/lines/explained-lines.ts'
import { oneEvent } from '../../replay/read/one-event.ts'
import { unreadableInput } from '../../replay/read/unreadable.ts'
import { exits } from '../../shell/exits.ts'
import type { Io } from '../../shell/io.ts'

interface Typed {
  event: string
  rule?: string
  all?: boolean
}

/** `portcullis explain`: which rules match an event, and the first field that fails in each of the others. */
export async function run({ event: path, rule, all = false }: Typed, io: Io): Promise<number> {
  const found = await oneEvent(path)
  if ('problem' in found) throw unreadableInput(path, found.problem, examples)
  const { event, more } = found
  const it = await evaluatorFor({ prefix: io.settings.prefix, ...wantedOf({ rule }) })
  const explanations = explained(event, it)
  if (io.json) {
    io.document({ event: headOf(event), more, rules: explanations.map(documentOf) })
    return exits.ok
  }
  io.print(...eventLine(event, io.width))
  if (more) io.note('Only the first event is explained. For all of them: portcullis replay <file>')
  io.print(
    ...explainedLines(explanations, { all: all || rule !== undefined, width: io.width, paint: io.paint }),
  )
  return exits.ok
}

const examples = 'give an event as EventBridge delivers it, a CloudTrail record, or a finding'

const headOf = ({ id, source, 'detail-type': type, account, region, time }: Record<string, unknown>) => ({
  id,
  source,
  'detail-type': type,
  account,
  region,
  time,
})

const documentOf = ({ rule, subject, decisions, ...explanation }: Explained) => ({
  rule: rule.name,
  severity: rule.severity,
  mode: rule.mode,
  playbooks: Object.keys(rule.then),
  ...explanation,
  ...(explanation.matched && { because: rule.because, subject, decisions }),
})
