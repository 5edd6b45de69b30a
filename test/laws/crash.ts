import { expect } from 'vitest'
import type { Cloud } from '../cloud.ts'
import type { Scene } from '../scenes/scene.ts'
import type { Call } from '../tap.ts'
import { again, type Delivery, type Play, rehearse, undoes } from './steps.ts'

/** Dies in every way there is; the engine is the same for all. */
const thorough = 'deny-inference'

/** One way to die: how many calls are answered, and whether the cloud still hears of the next. */
export interface Death {
  after: number
  last: 'unsent' | 'unheard'
  where: string
}

/**
 * Every way to die: before each call, and after each write that the cloud heard of but whose answer nobody did. Of
 * one playbook all of them; of the others those that the cloud, and so whoever comes next, can tell apart: between two
 * reads it is as before the first; without the answer to a write it is as before the next call.
 */
function* deaths(calls: Call[], all: boolean, kind: (call: Call) => string): Generator<Death> {
  const writes = telling(calls, kind)
  for (let after = 0; after <= calls.length; after++) {
    const [last, next] = [calls[after - 1], calls[after]]
    if (all || after === 0 || !next || (last && writes.has(last)) || writes.has(next))
      yield { after, last: 'unsent', where: `died before call ${after} (${next?.action ?? 'the end'})` }
    if (all && next?.write)
      yield { after, last: 'unheard', where: `died before the answer of call ${after} (${next.action})` }
  }
}

/** Of the writes of one kind the first and the last: those between leave the same to be done, only less of it. */
function telling(calls: Call[], kind: (call: Call) => string): Set<Call> {
  const kinds = Map.groupBy(
    calls.filter(({ write }) => write),
    kind,
  )
  return new Set([...kinds.values()].flatMap((of) => [of[0], of.at(-1)] as Call[]))
}

export interface Round extends Death {
  it: Play
  /** What a plain containment makes of the victim. */
  contained: unknown
  /** Sends a command and dies on the way; the next delivery finds a healthy network. */
  dies(command: unknown): Promise<Delivery>
}

/** Tries something for every way in which a containment, or its release, can die; `kind` says which writes are alike. */
export async function everyDeath(
  cloud: Cloud,
  scene: Scene,
  of: 'containing' | 'releasing',
  attempt: (round: Round) => Promise<void>,
  kind: (call: Call) => string = ({ service }) => service,
): Promise<void> {
  const rehearsed = await rehearse(cloud, scene)
  let { it } = rehearsed
  for (const death of deaths(rehearsed[of], scene.playbook.name === thorough, kind)) {
    it = await again(cloud, scene, it)
    const { deliver } = it
    const dies = async (command: unknown) => {
      cloud.tap.cut(death.after, death.last)
      const delivery = await deliver(command)
      await cloud.tap.mend()
      return delivery
    }
    await attempt({ ...death, it, contained: rehearsed.contained, dies })
  }
}

/** Releases, and sees that everything is as it was. */
export async function goesBack(
  scene: Scene,
  { it, where }: Pick<Round, 'it' | 'where'>,
  release: unknown,
): Promise<void> {
  const { outcome } = await it.deliver(release)
  const end = undoes(scene) ? 'released' : 'closed'
  expect([end, 'already'], `${where}: ${outcome?.why}`).toContain(outcome?.status)
  expect((await it.record())?.status, where).toBe(end)
  if (undoes(scene)) expect(await it.stage.look(), where).toEqual(it.before)
}
