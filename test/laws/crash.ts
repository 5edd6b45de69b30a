import { expect } from 'vitest'
import type { Cloud } from '../cloud.ts'
import { scenes } from '../scenes/index.ts'
import type { Scene } from '../scenes/scene.ts'
import type { Call } from '../tap.ts'
import { again, type Delivery, type Play, rehearse, undoes } from './steps.ts'

/** This scene dies in every way. The engine's own calls are the same for all. */
const thorough = scenes.find(({ playbook }) => playbook.name === 'deny-inference')

/** One way to die: how many calls are answered, and whether the next one still reaches the cloud. */
export interface Death {
  after: number
  last: 'unsent' | 'unheard'
  where: string
}

/**
 * The ways to die. Of one scene all of them: before each call, and after each write that reached the cloud but whose
 * answer was lost. Of the others one for each state in which a death can leave the cloud, because the next delivery
 * sees nothing else of it:
 * - Between two writes there are only reads, so every death there leaves the same state: one is tried.
 * - Without the answer to a write, the cloud is as it is before the next call.
 * - Before the first write the cloud is as it was, and after the last it is as after no death at all: the plain
 *   containment and release, the second delivery and the second release are laws of their own (contain, together).
 * - Of a run of writes of one kind, those after the first and before the last leave the same steps to do, only fewer.
 */
function* deaths(calls: Call[], kind: (call: Call) => string): Generator<Death> {
  const writes = calls.filter(({ write }) => write)
  const kinds = Map.groupBy(writes, kind)
  const ends = new Set([...kinds.values()].flatMap((of) => [of[0], of.at(-1)]))
  for (const [index, next] of writes.entries()) {
    const last = writes[index - 1]
    if (last && (ends.has(last) || ends.has(next))) yield before(calls, calls.indexOf(next))
  }
}

function* everyWay(calls: Call[]): Generator<Death> {
  for (const [after, { action, write }] of calls.entries()) {
    yield before(calls, after)
    if (write) yield { after, last: 'unheard', where: `died before the answer of call ${after} (${action})` }
  }
  yield before(calls, calls.length)
}

const before = (calls: Call[], after: number): Death => ({
  after,
  last: 'unsent',
  where: `died before call ${after} (${calls[after]?.action ?? 'the end'})`,
})

export interface Round extends Death {
  it: Play
  /** What the target looks like after an uninterrupted containment. */
  contained: unknown
  /** Sends a command and dies on the way; the next delivery finds a healthy network. */
  dies(command: unknown): Promise<Delivery>
}

/** Runs an attempt for each way in which a containment, or its release, can die. `kind` says which writes are alike. */
export async function everyDeath(
  cloud: Cloud,
  scene: Scene,
  of: 'containing' | 'releasing',
  attempt: (round: Round) => Promise<void>,
  kind: (call: Call) => string = ({ service }) => service,
): Promise<void> {
  const rehearsed = await rehearse(cloud, scene)
  let { it } = rehearsed
  const calls = rehearsed[of]
  for (const death of scene === thorough ? everyWay(calls) : deaths(calls, kind)) {
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

/** Releases, and checks that everything is as it was. */
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
