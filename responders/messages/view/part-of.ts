import type { Containment } from '../../../engine/journal/record.ts'
import type { Change } from '../../../engine/state.ts'
import { defang } from '../../../lib/text/defang.ts'
import { copyFor } from '../copy.ts'
import { formatValue } from '../format/format-value.ts'
import { labelOf, planLine, reversed } from '../format/plan-lines.ts'
import { reasonWords, whoWords } from '../format/who.ts'
import { shortName } from './header.ts'
import type { IncidentPart, PlanLine } from './incident-view.ts'
import { stateOf } from './state-of.ts'

const maxLines = 8
const maxCaveats = 6
const maxDrift = 3

/** What people see of one containment. `leads`: the incident is named after it, so the incident's notes say who ended it. */
export function partOf(record: Containment, leads = false): IncidentPart {
  const lines = linesOf(record)
  const why = leads && isOver(record) ? undefined : whyOf(record)
  return {
    containment: record.id,
    playbook: record.playbook,
    title: `${defang(copyFor(record).title)}: ${shortName(record)}`,
    state: stateOf(record),
    plan: record.plan.hash.slice(0, 7),
    lines: lines.slice(0, maxLines),
    more: Math.max(0, lines.length - maxLines),
    caveats: caveatsOf(record),
    ...(why && { why }),
  }
}

function linesOf({ status, plan, failure, strays }: Containment): PlanLine[] {
  const lines = (changes: Change[], done?: boolean): PlanLine[] =>
    changes.map((change) => ({ ...planLine(change, plan.undo), ...(done !== undefined && { done }) }))
  // Missing changes are first: they are what a responder must act on.
  if (status === 'failed' && failure) return [...lines(failure.missing, false), ...lines(failure.done, true)]
  if (status === 'released') return lines(reversed(plan.changes), true)
  if (status === 'drifted') {
    const theirs = new Set(strays?.map(({ path }) => path))
    const [lost, held] = [true, false].map((is) => plan.changes.filter(({ path }) => theirs.has(path) === is))
    return [...lines(lost ?? [], false), ...lines(held ?? [], true)]
  }
  return status === 'contained' ? lines(plan.changes, true) : lines(plan.changes)
}

const isOver = ({ status }: Containment): boolean => status === 'released' || status === 'closed'

// Caveats matter before and during a containment, not after it.
function caveatsOf(record: Containment): string[] {
  return isOver(record) ? [] : record.plan.caveats.slice(0, maxCaveats).map((caveat) => defang(caveat))
}

function whyOf(record: Containment): string | undefined {
  const { status, failure, strays, history, why } = record
  const last = history.at(-1)
  if (status === 'failed')
    return `Failed while ${failure?.during === 'release' ? 'undoing' : 'containing'}: ${defang(failure?.error ?? '')}`
  if (status === 'drifted') return driftWords(strays ?? [])
  if (status === 'proposed' || status === 'observed')
    return why || last?.why ? defang(why ?? last?.why ?? '') : undefined
  if (isOver(record))
    return last && last.by.who !== 'clock'
      ? `${stateOf(record) === 'denied' ? 'Denied' : 'Ended'} ${whoWords(last.by)}${reasonWords(last.by.reason ?? last.why)}`
      : undefined
  return undefined
}

function driftWords(strays: Change[]): string {
  const named = strays
    .slice(0, maxDrift)
    .map(({ path, after }) => `${labelOf(path)} is now ${formatValue(after, 60)}`)
  const rest = strays.length - named.length
  return `Changed by others after containment: ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`
}
