import { isDeepStrictEqual } from 'node:util'
import { expect, vi } from 'vitest'
import type { Containment } from '../../engine/journal/record.ts'
import type { Outcome } from '../../engine/outcome.ts'
import type { AnyPlaybook } from '../../engine/playbook.ts'
import { respond } from '../../engine/respond.ts'
import type { Rule } from '../../engine/rule.ts'
import type { AnyTarget } from '../../engine/target.ts'
import { account, type Cloud, region } from '../cloud.ts'
import type { BuiltScene, Scene } from '../scenes/scene.ts'
import type { Call } from '../tap.ts'

export type Door = (command: unknown) => Promise<Outcome[]>

/** The calls and the result of one delivery. */
export interface Delivery {
  calls: Call[]
  /** The outcome for the only target; undefined if the function threw. */
  outcome: Outcome | undefined
  error: unknown
}

/** A playbook's function, and a target that is ready to be contained. */
export interface Play {
  stage: BuiltScene
  /** What the target looked like before anything was done. */
  before: unknown
  /** Sends a command to the function, or to another one. */
  deliver(command: unknown, door?: Door): Promise<Delivery>
  /** Delivers the first event; throws unless it contains. */
  contain(): Promise<Delivery>
  /** The event with this id, as EventBridge delivers it to the function. */
  event(id?: string): { rule: string; event: Record<string, unknown> & { id: string } }
  /** A person's command that releases the current containment. */
  release(more?: { force?: true; leave?: true }): Promise<Record<string, unknown>>
  /** The command that the scheduler sends for the current containment. Throws if none is scheduled. */
  clock(): Promise<unknown>
  /** The current record of this target. */
  record(): Promise<Containment | undefined>
  /** What the target looks like now, without times and the ids of new resources, so that it compares across builds. */
  look(): Promise<unknown>
}

export const person = { who: 'U02RESPONDER', how: 'slack' }

/** A rule that contains the target that the event names. */
export const ruleOf = ({ name }: AnyPlaybook, more: Partial<Rule> = {}): Rule => ({
  name: 'law',
  because: 'A law is tried.',
  severity: 'high',
  attack: ['T1078'],
  when: {},
  subject: () => 'law',
  then: { [name]: ({ detail }) => detail.target },
  mode: 'contain',
  release: '24h',
  ...more,
})

/** Builds a scene in an empty account, with its playbook's function. */
export async function play(cloud: Cloud, scene: Scene, how: { door?: Door } = {}): Promise<Play> {
  await cloud.reset()
  return opened(cloud, scene, await scene.build(), how.door)
}

export async function opened(
  cloud: Cloud,
  { playbook }: Scene,
  stage: BuiltScene,
  door?: Door,
): Promise<Play> {
  const obey = door ?? respond(playbook, [ruleOf(playbook)])
  const before = await stage.look()
  const known = JSON.stringify(before)
  const record = async () =>
    (await cloud.containments()).find((one) => (one as unknown as { sk: string }).sk === 'current')
  async function deliver(command: unknown, door = obey): Promise<Delivery> {
    const { calls, result } = await cloud.tap.during(() => door(command))
    return result.status === 'fulfilled'
      ? { calls, outcome: result.value[0], error: undefined }
      : { calls, outcome: undefined, error: result.reason }
  }
  return {
    stage,
    before,
    record,
    deliver,
    event: (id) => eventOn(stage.target, id),
    look: async () => plain(await stage.look(), known),
    async contain() {
      const delivery = await deliver(eventOn(stage.target))
      expect(delivery.error).toBeUndefined()
      expect(delivery.outcome?.status, delivery.outcome?.why).toBe('contained')
      return delivery
    },
    release: async (more) => ({
      do: 'release',
      target: stage.target,
      containment: (await record())?.id,
      by: person,
      ...more,
    }),
    async clock() {
      const id = (await record())?.id
      const booking = (await cloud.bookings()).find(({ name }) => name === id)
      if (!booking) throw new Error(`No release is scheduled for ${id}.`)
      return booking.command
    },
  }
}

/** Runs a function as if this much time had passed. Timers still follow the real clock. */
export async function later<T>(milliseconds: number, run: () => Promise<T>): Promise<T> {
  const now = Date.now() + milliseconds
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true, now })
  try {
    return await run()
  } finally {
    vi.useRealTimers()
  }
}

export const hours = 3_600_000

/** The target as it was, with an empty journal. A target whose containment cannot be undone is built again. */
export async function again(cloud: Cloud, scene: Scene, it: Play): Promise<Play> {
  await cloud.tap.mend()
  if (!undoes(scene)) return play(cloud, scene)
  expect(await it.stage.look(), 'nothing is left of the previous attempt').toEqual(it.before)
  await cloud.forget()
  return it
}

/** The target as it was, with an empty journal: the same target if it is unchanged, otherwise a new one. */
export async function asNew(cloud: Cloud, scene: Scene, it: Play): Promise<Play> {
  await cloud.tap.mend()
  if (!(await isUntouched(it))) return play(cloud, scene)
  await cloud.forget()
  return it
}

export const isUntouched = async ({ stage, before }: Play): Promise<boolean> =>
  isDeepStrictEqual(await stage.look(), before)

/** An uninterrupted containment to compare with: its calls, the contained target, and the target as it was. */
export async function rehearse(cloud: Cloud, scene: Scene) {
  const it = await play(cloud, scene)
  const { calls } = await it.contain()
  const contained = await it.look()
  const release = await it.deliver(await it.release())
  expect(release.outcome?.status, release.outcome?.why).toBe(undoes(scene) ? 'released' : 'closed')
  return { it: await again(cloud, scene, it), contained, containing: calls, releasing: release.calls }
}

const eventOn = (target: AnyTarget, id = 'event-1') => ({
  rule: 'law',
  event: {
    id,
    source: 'aws.guardduty',
    'detail-type': 'GuardDuty Finding',
    account,
    region,
    time: '2026-11-21T06:00:00Z',
    resources: [],
    detail: { target },
  },
})

const moments = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?/g
const ids = /\b[a-z]+-[0-9a-f]{8,17}\b/g

function plain(look: unknown, known: string): unknown {
  const kindOf = (id: string) => (known.includes(id) ? id : `a new ${id.split('-')[0]}`)
  return JSON.parse(JSON.stringify(look).replace(moments, 'a moment').replace(ids, kindOf))
}

/** The engine's own calls: to the journal (by its items), the scheduler and the dead-letter queue. */
export const byEngine = ({ service, body }: Call): boolean =>
  service === 'dynamodb'
    ? /"(containment|budget|subject|notice|events)#|"pause"/.test(body)
    : /^(scheduler|sqs)$/.test(service)

/** The playbook's own calls, in their order. */
export const own = (calls: Call[]): Call[] => calls.filter((call) => !byEngine(call))

/** The calls by which a playbook changes the cloud. */
export const written = (calls: Call[]): string[] =>
  own(calls).flatMap(({ action, write }) => (write ? action : []))

/** Whether a release restores the earlier state: a playbook that cannot declares it. */
export const undoes = ({ playbook }: Scene): boolean => playbook.undo !== 'none'
