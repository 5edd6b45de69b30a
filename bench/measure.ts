import { join } from 'node:path'
import type { AnyPlaybook } from '../engine/playbook.ts'
import type { Built } from '../infrastructure/build.ts'
import type { Cloud } from '../test/cloud.ts'
import type { Scene } from '../test/scenes/scene.ts'
import type { Call } from '../test/tap.ts'
import type { Aimed } from './aim.ts'
import { chainOf, chainToGate, gateOf, median } from './chain.ts'
import { type BenchEvent, containCommand } from './event.ts'
import { start } from './start.ts'

/** The extent: `runs` new processes per delay, each of which gets one cold and `warm` warm events. */
export interface Extent {
  runs: number
  warm: number
  /** Delays of every call, in milliseconds; calls are counted with the last one. */
  delays: readonly number[]
}

export interface Times {
  cold_ms: number
  warm_ms: number
}

/** The cost of one playbook. Times are medians; `cold_ms` and `warm_ms` are with the first delay. */
export interface MeasuredCost extends Times {
  name: string
  /** What started the measured containment: a rule, or a person who approved its proposal. */
  by: Aimed['by']
  zip_kb: number
  /** Loading the bundle in a new process. */
  import_ms: number
  /** Processor time of a cold start, which takes longer on a small Lambda function's share of a core. */
  cpu_ms: number
  calls: number
  sequential_before_write: number
  rss_mb: number
  /** The longest chain of calls from the event to the answer. */
  sequential: number
  /** The calls that `sequential_before_write` counts, and the write they lead to. */
  chain: string[]
  delays: Record<string, Times>
}

/** Measures one playbook on its scene. Throws when the target does not end up contained. */
export async function measureFunction(
  cloud: Cloud,
  built: Built,
  scene: Scene,
  extent: Extent,
): Promise<MeasuredCost> {
  const imports: number[] = []
  const peaks: number[] = []
  const cpu: number[] = []
  const delays: Record<string, Times> = {}
  let warm: BenchEvent[] = []
  for (const delay of extent.delays) {
    const cold: number[] = []
    warm = []
    for (let run = 0; run < extent.runs; run++) {
      const fresh = await start(join(built.zip, '..', built.name, 'index.js'))
      try {
        const first = await containCommand(cloud, scene, fresh, delay)
        cold.push(fresh.importMs + first.ms)
        for (let more = 0; more < extent.warm; more++)
          warm.push(await containCommand(cloud, scene, fresh, delay))
        imports.push(fresh.importMs)
        cpu.push(first.cpuMs)
        peaks.push(Math.max(first.rssMb, ...warm.slice(-extent.warm).map(({ rssMb }) => rssMb)))
      } finally {
        await fresh.end()
      }
    }
    delays[delay] = { cold_ms: tenths(median(cold)), warm_ms: tenths(median(warm.map(({ ms }) => ms))) }
  }
  return {
    name: built.name,
    zip_kb: tenths(built.size / 1000),
    import_ms: tenths(median(imports)),
    ...(delays[extent.delays[0] ?? 0] as Times),
    ...counted(warm, scene.playbook),
    by: warm[0]?.by ?? 'rule',
    cpu_ms: tenths(median(cpu)),
    rss_mb: tenths(median(peaks)),
    delays,
  }
}

// Chance can only lengthen a chain (parallel calls that happen not to overlap), so the shortest one is right.
function counted(events: readonly BenchEvent[], { writes }: AnyPlaybook) {
  const shortest = <T>(of: (calls: Call[]) => T[]): T[] =>
    events.map(({ calls }) => of(calls)).reduce((best, one) => (one.length < best.length ? one : best))
  const before = shortest((calls) => chainToGate(calls, writes))
  const gate = gateOf(events[0]?.calls ?? [], writes)
  return {
    calls: median(events.map(({ calls }) => calls.length)),
    sequential_before_write: before.length,
    sequential: shortest(chainOf).length,
    chain: [...before, ...(gate ? [gate] : [])].map(({ action }) => action),
  }
}

const tenths = (value: number): number => Math.round(value * 10) / 10
