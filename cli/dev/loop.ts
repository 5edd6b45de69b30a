import type { Containment } from '../../engine/journal/record.ts'
import type { Outcome } from '../../engine/outcome.ts'
import type { Event } from '../../engine/rule.ts'
import { diff, type State } from '../../engine/state.ts'
import stage from '../../infrastructure/stages/local.json' with { type: 'json' }
import { look } from '../../local/seed/look.ts'
import type { Due } from './clock.ts'
import { type PlanDifference, planDifferenceOf } from './difference.ts'
import { names } from './environment.ts'
import { delivered, sendAgain, whatOf } from './events.ts'
import { openJournal, streamRecord } from './journal.ts'
import type { ShowMoment } from './moment.ts'
import { movesIn } from './moves.ts'
import type { DevPlace } from './place.ts'
import { postOf } from './post.ts'
import type { Planned } from './protocol.ts'
import { triggersOn } from './triggers.ts'
import type { Versions } from './versions.ts'

/** What can be asked of the live loop; one thing after the other, in the order in which it was asked. */
export interface Loop {
  /** Events that belong together: what a save makes of their plans is shown. */
  send(events: Event[]): Promise<void>
  trigger(name: string): Promise<void>
  replay(): Promise<void>
  plan(): Promise<void>
  why(): Promise<void>
  approve(): Promise<void>
  undo(): Promise<void>
  diff(): Promise<void>
  due(command: Due): Promise<void>
  /** Gives whether there is a new version, and it is live. */
  reload(files: string[]): Promise<boolean>
  /** Does something of somebody else's in its turn. */
  next(work: () => Promise<void>): Promise<void>
}

/** These people may decide in the local stage; here all of them are who types. */
const deciders = stage.groups['sec-oncall'].members
const live: Containment['status'][] = ['contained', 'failed', 'drifted']

/** The loop on an account: events in, what the rules and playbooks make of them out, by way of `tell`. */
export function openLoop({ seeded, responders }: DevPlace, versions: Versions, tell: ShowMoment): Loop {
  const journal = openJournal(names.table)
  const post = postOf(responders)
  const triggers = triggersOn(seeded)
  /** What was sent last: one event, or all of an attack. */
  let last: Event[] = []
  /** Of these, the one that rules matched last. */
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
    if (last.length === 0) throw new Error('No event was sent yet.')
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
    await settle((await Promise.all(sent)).flat())
  }

  /** What a function throws is delivered again where it is deployed; here somebody sees it, and does so. */
  function door(playbook: string, command: object): Promise<Outcome[]> {
    return versions.ask('send', { playbook, command }).catch((error: Error) => {
      tell({ type: 'refused', why: `${playbook}: ${error.message}` })
      return []
    })
  }

  /** Says what the journal says since the last time, and has people told of it. */
  async function settle(outcomes: Outcome[]): Promise<void> {
    const turns = await journal.changes()
    for (const moment of movesIn(turns, outcomes)) tell(moment)
    if (turns.length === 0) return
    await versions.ask('announce', turns.map(streamRecord))
    for (const posted of await post()) tell({ type: 'message', ...posted })
  }

  async function order({ playbook, target, id }: Containment, command: object): Promise<void> {
    await settle(await door(playbook, { ...command, target, containment: id }))
  }

  async function approve(): Promise<void> {
    const record = journal.containments().findLast(({ status }) => status === 'proposed')
    if (!record) throw new Error('Nothing waits for approval.')
    const given = record.approvals?.map(({ who }) => who) ?? []
    const who = deciders.find((name) => !given.includes(name)) ?? 'maria'
    tell({ type: 'decided', who, verb: 'approve', containment: record.id })
    await order(record, { do: 'contain', plan: record.plan.hash, by: { who, how: 'dev' } })
  }

  /** Everything of the newest incident that holds; what others changed since stays as they made it. */
  async function undo(): Promise<void> {
    const open = journal.containments().filter(({ status }) => live.includes(status))
    const newest = open.at(-1)?.incident
    if (!newest) throw new Error('Nothing is contained.')
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
      // On the account as it is for both: only the code can make them differ.
      const asked = plansOf(old).catch(() => [])
      try {
        const plans = await plansOf(next)
        difference = planDifferenceOf(await asked, plans)
        return undefined
      } catch (error) {
        return {
          where: files.join(', '),
          why: `what was sent last makes it fail: ${(error as Error).message}`,
        }
      }
    })
    const ms = Math.round(performance.now() - begun)
    if (broken) tell({ type: 'broken', files, broken })
    else tell({ type: 'reloaded', files, ms, replayed: last.map(({ id }) => id), difference })
    return !broken
  }

  /** What a version would do about what was sent last. */
  async function plansOf(version: Pick<Versions, 'ask'>): Promise<Planned[]> {
    return (await Promise.all(last.map((event) => version.ask('plan', event)))).flat()
  }
}
