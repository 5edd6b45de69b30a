import { milliseconds } from '../../engine/rule.ts'
import type { Share } from './batch.ts'
import { momentsOf, type Signalled } from './evaluate.ts'

/*
 * What this container need not write: a flood costs the writes of its beginning, and not one for each batch.
 */

/** When counters reached their highest limit, and told of it. */
const moments = new Map<string, number>()
/** Stages that were written down already. */
const written = new Set<string>()
const most = 10_000

/**
 * Whether a share would change nothing: its counter has told the most it can tell of the time in which this happened,
 * or all of it is there.
 */
export function isSuppressed(share: Share): boolean {
  const moment = moments.get(nameOf(share))
  if (moment !== undefined && isNear(share, moment)) return true
  return isStaged(share) && elementsIn(share).every((one) => written.has(one))
}

/** Remembers what was told of a counter, by this container or another. */
export function suppress(share: Share, told: Iterable<Signalled>): void {
  const [highest] = share.window.limits.slice(-1)
  const moment = momentsOf(told, highest ?? 0).find((one) => isNear(share, one))
  if (moment === undefined) return
  if (moments.size >= most) moments.clear()
  moments.set(nameOf(share), moment)
}

/** Remembers what was written, once all that follows from it is done. */
export function rememberWritten(share: Share): void {
  if (!isStaged(share)) return
  if (written.size >= most) written.clear()
  for (const one of elementsIn(share)) written.add(one)
}

/** For tests: a container that has just started. */
export function forgetSuppressed(): void {
  moments.clear()
  written.clear()
}

const nameOf = ({ window, key }: Share): string => `${window.name} ${key}`

const isStaged = ({ window }: Share): boolean => 'stages' in window.measure

const elementsIn = (share: Share): string[] =>
  [...share.slices.values()].flatMap(({ elements }) =>
    Array.from(elements, (element) => `${nameOf(share)} ${element}`),
  )

function isNear({ window, oldest, newest }: Share, moment: number): boolean {
  const seconds = milliseconds(window.within) / 1000
  return newest - moment <= seconds && moment - oldest <= seconds
}
