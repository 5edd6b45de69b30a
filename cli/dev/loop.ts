import type { Containment } from '../../engine/journal/record.ts'
import type { Outcome } from '../../engine/outcome.ts'
import type { Event } from '../../engine/rule.ts'
import { diff, type State } from '../../engine/state.ts'
import stage from '../../infrastructure/stages/local.json' with { type: 'json' }
import { look } from '../../local/seed/look.ts'
import type { DevAccount } from './aws/dev-account.ts'
import { names } from './aws/environment.ts'
import { openJournal, streamRecord } from './aws/journal-changes.ts'
import { postedMessages } from './aws/posted.ts'
import type { DueCommand } from './aws/scheduler-queue.ts'
import { delivered, sendAgain, whatOf } from './input/events.ts'
import { triggersOn } from './input/triggers.ts'
import type { ShowMoment } from './output/moment.ts'
import { movesIn } from './output/moves.ts'
import { type PlanDifference, planDifferenceOf } from './output/plan-difference.ts'
import type { Planned } from './versions/protocol.ts'
import type { Versions } from './versions/versions.ts'

/** The live loop. It handles requests one after the other, in order. */
export interface Loop {
  /** Sends events that belong together; after a save, the difference in their plans is shown. */
  send(events: Event[]): Promise<void>
  trigger(name: string): Promise<void>
  replay(): Promise<void>
  plan(): Promise<void>
  why(): Promise<void>
  approve(): Promise<void>
  undo(): Promise<void>
  diff(): Promise<void>
  due(command: DueCommand): Promise<void>
  /** Returns whether a new version is live. */
  reload(files: string[]): Promise<boolean>
  /** Runs other work in its turn. */
  next(work: () => Promise<void>): Promise<void>
}

/** The approvers of the local stage; here the user acts for all of them. */
const deciders = stage.groups['sec-oncall'].members
const live: Containment['status'][] = ['contained', 'failed', 'drifted']

/** Opens the loop on a local account: events go in, and what rules and playbooks do is reported to `tell`. */
export function openLoop({ seeded, responders }: DevAccount, versions: Versions, tell: ShowMoment): Loop {
  const journal = openJournal(names.table)
  const newMessages = postedMessages(responders)
  const triggers = triggersOn(seeded)
  /** The last event, or all events of the last attack. */
  let last: Event[] = []
  /** The last one of these that a rule matched. */
  let focus: Event | undefined
  let before: State | undefined
  let queue = Promise.resolve()

  const next: Loop['next'] = (work) => {
    const done = queue.then(work).catch((error: Error) => tell({ type: 'refused', why: error.message }))
    queue = done
    return done
  }
  void next(async () => {
    before = await look(seeded)
  })

  return {
    next,
    send: (events) => next(() => takeAll(events)),
    trigger: (name) =>
      next(async () => {
        const found = triggers.find((one) => one.name === name)
        if (!found) return tell({ type: 'triggers', names: triggers.map((one) => one.name) })
        await takeAll(found.events().map((event) => delivered(event as object)))
      }),
    replay: () => next(() => takeAll(latest().map(sendAgain))),
    plan: () => next(async () => tell({ type: 'shown', plans: await plansOf(versions) })),
    why: () =>
      next(async () =>
        tell({ type: 'why', missed: await versions.ask('why', focus ?? (latest().at(-1) as Event)) }),
      ),
    approve: () => next(approve),
    undo: () => next(undo),
    diff: () => next(async () => tell({ type: 'state', changes: diff(before ?? {}, await look(seeded)) })),
    due: (command) =>
      next(async () => {
        const record = journal.containments().find(({ id }) => id === command.containment)
        if (record) await order(record, command)
      }),
    async reload(files) {
      const begun = performance.now()
      let isLive = false
      await next(async () => {
        isLive = await reload(files, begun)
      })
      return isLive
    },
  }

  function latest(): Event[] {
    if (last.length === 0) throw new Error('No event has been sent yet.')
    return last
  }

  async function takeAll(events: Event[]): Promise<void> {
    last = events
    focus = undefined
    for (const event of events) await take(event)
  }

  async function take(event: Event): Promise<void> {
    const { id, source, 'detail-type': kind } = event
    tell({ type: 'event', event: { id, source, 'detail-type': kind }, what: whatOf(event) })
    const begun = performance.now()
    const took = () => Math.round(performance.now() - begun)
    const { rules, of } = await versions.ask('match', event)
    tell({ type: 'matched', rules, of, ms: took() })
    if (rules.length === 0) return
    focus = event
    tell({ type: 'plan', plans: await versions.ask('plan', event), ms: took() })
    const sent = rules.flatMap(({ name, playbooks }) =>
      playbooks.map((playbook) => door(playbook, { rule: name, event })),
    )
    await reportChanges((await Promise.all(sent)).flat())
  }

  /** A deployed function is retried after an error; here the error is shown, and the user may send the event again. */
  function door(playbook: string, command: object): Promise<Outcome[]> {
    return versions.ask('send', { playbook, command }).catch((error: Error) => {
      tell({ type: 'refused', why: `${playbook}: ${error.message}` })
      return []
    })
  }

  /** Reports the changes of the journal, and has the local responders notified of them. */
  async function reportChanges(outcomes: Outcome[]): Promise<void> {
    const changes = await journal.changes()
    for (const moment of movesIn(changes, outcomes)) tell(moment)
    if (changes.length === 0) return
    await versions.ask('announce', changes.map(streamRecord))
    for (const posted of await newMessages()) tell({ type: 'message', ...posted })
  }

  async function order({ playbook, target, id }: Containment, command: object): Promise<void> {
    await reportChanges(await door(playbook, { ...command, target, containment: id }))
  }

  async function approve(): Promise<void> {
    const record = journal.containments().findLast(({ status }) => status === 'proposed')
    if (!record) throw new Error('Nothing needs approval.')
    const given = record.approvals?.map(({ who }) => who) ?? []
    const who = deciders.find((name) => !given.includes(name)) ?? 'maria'
    tell({ type: 'decided', who, verb: 'approve', containment: record.id })
    await order(record, { do: 'contain', plan: record.plan.hash, by: { who, how: 'dev' } })
  }

  /** Releases every containment of the newest incident; after drift, later changes by others are kept. */
  async function undo(): Promise<void> {
    const open = journal.containments().filter(({ status }) => live.includes(status))
    const newest = open.at(-1)?.incident
    if (!newest) throw new Error('There is no containment to undo.')
    for (const record of open.filter(({ incident }) => incident === newest).reverse()) {
      const who = deciders[0] ?? 'maria'
      tell({ type: 'decided', who, verb: 'undo', containment: record.id })
      const force = record.status === 'drifted' && { force: true }
      await order(record, { do: 'release', by: { who, how: 'dev', reason: 'tried in dev' }, ...force })
    }
  }

  async function reload(files: string[], begun: number): Promise<boolean> {
    let difference: PlanDifference[] = []
    const broken = await versions.reload(async (old, next) => {
      // Both plans are made from the same account state: only the code can make them differ.
      const asked = plansOf(old).catch(() => [])
      try {
        const plans = await plansOf(next)
        difference = planDifferenceOf(await asked, plans)
        return undefined
      } catch (error) {
        return {
          where: files.join(', '),
          why: `it fails on the last event: ${(error as Error).message}`,
        }
      }
    })
    const ms = Math.round(performance.now() - begun)
    if (broken) tell({ type: 'broken', files, broken })
    else tell({ type: 'reloaded', files, ms, replayed: last.map(({ id }) => id), difference })
    return !broken
  }

  /** The plans of a version for the last events. */
  async function plansOf(version: Pick<Versions, 'ask'>): Promise<Planned[]> {
    return (await Promise.all(last.map((event) => version.ask('plan', event)))).flat()
  }
}
