import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type DevPlace, openPlace } from './aws/dev-account.ts'
import type { Bounds } from './aws/environment.ts'
import { runClock } from './aws/scheduler-queue.ts'
import { type End, type Ending, openEnding } from './input/ending.ts'
import { sentIn } from './input/events.ts'
import { type DevInbox, readLines } from './input/input-lines.ts'
import { readKeys } from './input/keys.ts'
import { pick } from './input/pick.ts'
import { triggersOn } from './input/triggers.ts'
import { type Loop, openLoop } from './loop.ts'
import type { ShowMoment } from './output/moment.ts'
import { openTeller } from './output/teller.ts'
import { followSaves } from './versions/follow-saves.ts'
import { openVersions } from './versions/versions.ts'

export interface DevOptions {
  bounds: Bounds
  /** Files with events to begin with. */
  files: string[]
  /** Somebody sits there and presses keys; else lines are read. */
  keys: boolean
  help(): void
  show: ShowMoment
}

/** Runs the live loop until somebody ends it; nothing is left running then. Throws why it could not go on. */
export async function runDev(wanted: DevOptions): Promise<Exclude<End, Error>> {
  const ending = openEnding()
  // What breaks because everything is being stopped is no news.
  const { tell, holding } = openTeller((moment) => ending.signal.aborted || wanted.show(moment))
  let place: DevPlace | undefined
  const versions = openVersions(
    () => place?.environment ?? {},
    (line) => tell({ type: 'said', line }),
  )
  const stops: (() => void | Promise<void>)[] = [() => versions.stop()]
  try {
    place = await openPlace(wanted.bounds)
    stops.push(place.stop)
    // Ctrl-C may have come while it started.
    if (!ending.signal.aborted) await live(place)
  } finally {
    for (const stop of stops) await stop()
  }
  const how = ending.signal.reason as End
  if (how instanceof Error) throw how
  wanted.show({ type: 'stopped' })
  return how

  async function live(place: DevPlace): Promise<void> {
    void place.emulators.died.then(ending.end)
    const broken = await versions.reload(async () => undefined)
    const loop = openLoop(place, versions, tell)
    tell(readiness(place))
    if (broken) tell({ type: 'broken', files: [], broken })
    stops.unshift(followSaves(loop, versions, tell))
    void runClock(loop.due, ending.signal).catch(ending.end)
    const inbox = inboxOf(loop, place, tell, ending)
    for (const path of wanted.files) await readEvents(path, inbox)
    if (wanted.keys) stops.unshift(listen(inbox, place))
    else void readToEnd(inbox, loop)
    if (!ending.signal.aborted) await once(ending.signal, 'abort')
  }

  function listen(inbox: DevInbox, { seeded }: DevPlace): () => void {
    return readKeys({
      wish: inbox.wish,
      help: wanted.help,
      interrupt: () => ending.end('interrupted'),
      files: async (paths) => {
        for (const path of paths) await readEvents(path, inbox)
      },
      choose: () => holding(() => pick(triggersOn(seeded))),
    })
  }

  async function readToEnd(inbox: DevInbox, loop: Loop): Promise<void> {
    await readLines(inbox, ending.signal)
    // What was sent last is answered first.
    await loop.next(async () => ending.end('quit'))
  }
}

const readiness = ({ emulators, responders, seeded }: DevPlace) => ({
  type: 'ready' as const,
  ms: Math.round(performance.now()),
  triggers: triggersOn(seeded).length,
  ...addressesOf({ emulators, responders }),
})

const addressesOf = ({ emulators, responders }: Pick<DevPlace, 'emulators' | 'responders'>) => ({
  slack: responders.slack.inspector,
  mail: responders.mailPage,
  endpoint: emulators.url,
})

function inboxOf(loop: Loop, place: DevPlace, tell: ShowMoment, ending: Ending): DevInbox {
  return {
    wish(wish) {
      if (wish.do === 'trigger') return void loop.trigger(wish.name)
      if (wish.do === 'quit') return void loop.next(async () => ending.end('quit'))
      if (wish.do === 'open') return tell({ type: 'open', ...addressesOf(place) })
      void loop[wish.do]()
    },
    event(text) {
      const { events, problems } = sentIn(text)
      for (const why of problems) tell({ type: 'refused', why: `That ${why}.` })
      if (events.length > 0) void loop.send(events)
    },
    wrong: (why) => tell({ type: 'refused', why }),
  }
}

async function readEvents(path: string, { event, wrong }: DevInbox): Promise<void> {
  try {
    event(await readFile(path, 'utf8'))
  } catch (error) {
    wrong(`${path} cannot be read: ${(error as Error).message}`)
  }
}
