import type { Containment, Status } from '../../../engine/journal/record.ts'
import { copyFor } from '../../../responders/messages/copy.ts'

/** What one playbook did in a period, and the next step. All counts except `events` are of containments. */
export interface Standing {
  playbook: string
  /** All events that called it, including those about a target that was contained already. */
  events: number
  observed: number
  /** Observed or proposed although the rule's mode is `contain`: limited by the ceiling, a pause or the budget. */
  wouldContain: number
  proposed: number
  denied: number
  contained: number
  released: number
  /** Contained, and undone by a person before the automatic release. */
  undone: number
  /** `undone` as a part of `contained`; null when nothing was contained. */
  undoRate: number | null
  /** Milliseconds from the event until the containment was verified. */
  p50: number | null
  p95: number | null
  failed: number
  /** The command to run next, if any. */
  advice: string | null
}

/** The standing of each playbook, by name. `further` counts the later events of a containment. Pure. */
export function standings(
  containments: readonly Containment[],
  further: (one: Containment) => number,
): Standing[] {
  return [...Map.groupBy(containments, ({ playbook }) => playbook)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([playbook, all]) => standingOf(playbook, all, further))
}

function standingOf(
  playbook: string,
  all: readonly Containment[],
  further: (one: Containment) => number,
): Standing {
  const count = (test: (one: Containment) => boolean) => all.filter(test).length
  const [contained, undone] = [count(was('contained')), count(isUndone)]
  const times = all.flatMap(timeToContain).sort((a, b) => a - b)
  return {
    playbook,
    events: all.reduce((sum, one) => sum + 1 + further(one), 0),
    observed: count(({ status }) => status === 'observed'),
    wouldContain: count(wouldContain),
    proposed: count(was('proposed')),
    denied: count(isDenied),
    contained,
    released: count(was('released')),
    undone,
    undoRate: contained > 0 ? undone / contained : null,
    p50: at(times, 0.5),
    p95: at(times, 0.95),
    failed: count(({ status }) => status === 'failed' || status === 'drifted'),
    advice: adviceFor(playbook, all),
  }
}

/** Failures, drift, undos and denials are to be examined first; only a playbook without them is to be promoted. */
function adviceFor(playbook: string, all: readonly Containment[]): string | null {
  const wrong = all
    .filter((one) => one.status === 'failed' || one.status === 'drifted' || isUndone(one) || isDenied(one))
    .toSorted((a, b) => (a.opened < b.opened ? -1 : 1))
    .at(-1)
  if (wrong) return `first: portcullis incidents show ${wrong.incident}`
  if (all.some((one) => copyFor(one).tells) || all.some(was('contained'))) return null
  if (all.some(isOpen)) return 'portcullis incidents'
  return all.some(hasPlan) ? `portcullis promote ${playbook} --to approve` : null
}

const was =
  (status: Status) =>
  ({ history }: Containment): boolean =>
    history.some((step) => step.status === status)

const hasPlan = ({ plan }: Containment): boolean => plan.changes.length > 0
const isOpen = ({ status }: Containment): boolean => status === 'proposed'

const wouldContain = (one: Containment): boolean =>
  one.mode === 'contain' && hasPlan(one) && !was('containing')(one)

const isUndone = (one: Containment): boolean =>
  was('contained')(one) && one.history.some(({ status, by }) => status === 'released' && by.who !== 'clock')

const isDenied = (one: Containment): boolean =>
  was('proposed')(one) &&
  !was('containing')(one) &&
  one.history.some(({ status, by }) => status === 'closed' && by.who !== 'clock')

function timeToContain({ event, history }: Containment): number[] {
  const end = history.find(({ status }) => status === 'contained')?.at
  const took = Date.parse(end ?? '') - Date.parse(String(event.time))
  return Number.isFinite(took) && took >= 0 ? [took] : []
}

/** The percentile of sorted values, by nearest rank; null when there are none. */
const at = (sorted: readonly number[], part: number): number | null =>
  sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? null
