import { digest } from '../engine/plan.ts'
import { milliseconds } from '../engine/rule.ts'
import type { ThresholdCrossed } from '../signals/signal.ts'
import { type Crossing, evaluate, toldOf } from './evaluate.ts'
import type { Fact } from './fact.ts'
import { gather, type Share } from './gather.ts'
import { add, tellOnce } from './store.ts'
import type { Window } from './window.ts'

/** Sends signals on their way; throws when any may be lost. */
export type Emit = (signals: ThresholdCrossed[]) => Promise<void>

/** A counter that has said all it can say for now is left alone by this container until so many seconds later. */
const quiet = new Map<string, number>()
const mostQuiet = 10_000

/**
 * Counts a batch of facts, and emits a signal for each limit that is reached: told first and written down then, so
 * that none is lost; one that comes twice has the same id.
 */
export async function count(
  windows: readonly Window[],
  facts: Fact[],
  { name, emit, now = Date.now() }: { name: string; emit: Emit; now?: number },
): Promise<{ writes: number; signals: ThresholdCrossed[] }> {
  const shares = gather(windows, facts, now).filter((share) => !isQuiet(share))
  const told = await Promise.all(shares.map((share) => settle(share)))
  return { writes: shares.length, signals: told.flat() }

  async function settle(share: Share): Promise<ThresholdCrossed[]> {
    const { window } = share
    const { elements, told, more } = await add(share, name)
    const crossings = evaluate(window, elements, told, more)
    if (crossings.length === 0) return []
    const signals = crossings.map((crossing) => signalOf(share, crossing))
    await emit(signals)
    for (const crossing of crossings) await tellOnce(share, crossing.to, toldOf(crossing), name)
    const last = crossings.find(({ limit }) => limit === window.limits.at(-1))
    if (last) hush(share, last.to + secondsOf(window))
    return signals
  }
}

const nameOf = ({ window, key }: Share): string => `${window.name} ${key}`
const secondsOf = ({ within }: Window): number => milliseconds(within) / 1000
const isQuiet = (share: Share): boolean => share.newest <= (quiet.get(nameOf(share)) ?? 0)

function hush(share: Share, until: number): void {
  if (quiet.size >= mostQuiet) quiet.clear()
  quiet.set(nameOf(share), until)
}

/** What is told of a crossing: the counter's newest fact, and how much it was. */
function signalOf({ window, key, fact }: Share, { limit, amount, to }: Crossing): ThresholdCrossed {
  const { principal, user, tenant, session, agent, account, region, requestId } = fact as ThresholdCrossed
  const told = { principal, user, tenant, session, agent, account, region, requestId }
  const id = digest('threshold', window.name, key, String(limit), String(to)).slice(0, 32)
  return {
    ...(Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as typeof told),
    schema: '1',
    type: 'ThresholdCrossed',
    id,
    origin: 'portcullis',
    time: new Date(to * 1000).toISOString(),
    policies: [],
    attack: true,
    evidence: 'evidence' in fact ? fact.evidence : { where: 'cloudtrail', id: fact.id },
    threshold: window.name,
    key,
    count: amount,
    limit,
    windowSeconds: secondsOf(window),
  } as ThresholdCrossed
}
