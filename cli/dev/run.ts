import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type DevAccount, openDevAccount } from './aws/dev-account.ts'
import type { Bounds } from './aws/environment.ts'
import { receiveDueCommands } from './aws/scheduler-queue.ts'
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
  /** Files with events to start with. */
  files: string[]
  /** Read keys from a terminal; else read lines from standard input. */
  keys: boolean
  help(): void
  show: ShowMoment
}

/** Runs the live loop until it is ended, then stops everything it started. Returns what ended it; throws the error that did. */
export async function runDev(wanted: DevOptions): Promise<Exclude<End, Error>> {
  const ending = openEnding()
  // Errors that are caused by stopping are not shown.
  const { tell, holding } = openTeller((moment) => ending.signal.aborted || wanted.show(moment))
  let account: DevAccount | undefined
  const versions = openVersions(
    () => account?.environment ?? {},
    (line) => tell({ type: 'said', line }),
  )
  const stops: (() => void | Promise<void>)[] = [() => versions.stop()]
  try {
    account = await openDevAccount(wanted.bounds)
    stops.push(account.stop)
    // Ctrl-C may have been pressed during the start.
    if (!ending.signal.aborted) await live(account)
  } finally {
    for (const stop of stops) await stop()
  }
  const how = ending.signal.reason as End
  if (how instanceof Error) throw how
  wanted.show({ type: 'stopped' })
  return how

  async function live(account: DevAccount): Promise<void> {
    void account.emulators.died.then(ending.end)
    const broken = await versions.reload(async () => undefined)
    const loop = openLoop(account, versions, tell)
    tell(readiness(account))
    if (broken) tell({ type: 'broken', files: [], broken })
    stops.unshift(followSaves(loop, versions, tell))
    void receiveDueCommands(loop.due, ending.signal).catch(ending.end)
    const inbox = inboxOf(loop, account, tell, ending)
    for (const path of wanted.files) await readEvents(path, inbox)
    if (wanted.keys) stops.unshift(listen(inbox, account))
    else void readToEnd(inbox, loop)
    if (!ending.signal.aborted) await once(ending.signal, 'abort')
  }

  function listen(inbox: DevInbox, { seeded }: DevAccount): () => void {
    return readKeys({
      request: inbox.request,
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
    // After the answer to the last event.
    await loop.next(async () => ending.end('quit'))
  }
}

const readiness = ({ emulators, responders, seeded }: DevAccount) => ({
  type: 'ready' as const,
  ms: Math.round(performance.now()),
  triggers: triggersOn(seeded).length,
  ...addressesOf({ emulators, responders }),
})

const addressesOf = ({ emulators, responders }: Pick<DevAccount, 'emulators' | 'responders'>) => ({
  slack: responders.slack.inspector,
  mail: responders.mailPage,
  endpoint: emulators.url,
})

function inboxOf(loop: Loop, account: DevAccount, tell: ShowMoment, ending: Ending): DevInbox {
  return {
    request(request) {
      if (request.do === 'trigger') return void loop.trigger(request.name)
      if (request.do === 'quit') return void loop.next(async () => ending.end('quit'))
      if (request.do === 'open') return tell({ type: 'open', ...addressesOf(account) })
      void loop[request.do]()
    },
    event(text) {
      const { events, problems } = sentIn(text)
      for (const why of problems) tell({ type: 'refused', why: `The input ${why}.` })
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
