import type { PlayedAttack } from '../attacks/index.ts'
import { type ReplayStage, settleExpected } from './expect.ts'

/** How late a release may be: the scheduler's interval and a cold start on a busy machine. */
const lateMs = 180_000

/**
 * Sends the events of every attack and waits for its expected results, one attack after the other: MiniStack runs one
 * Node.js process per concurrent function, and this machine may have two cores. Returns the ids of the expected
 * containments.
 */
export async function playReplay(attacks: PlayedAttack[], stage: ReplayStage): Promise<Set<string>> {
  const expected = new Set<string>()
  for (const [index, attack] of attacks.entries()) {
    stage.tell({
      type: 'attack',
      name: attack.name,
      title: attack.title,
      number: index + 1,
      of: attacks.length,
    })
    const since = Date.now()
    const matched = await send(attack, stage)
    for (const id of await settleExpected(attack, since, stage)) expected.add(id)
    if (!matched) stage.tell({ type: 'unchanged', says: 'no rule matched, so nothing ran' }, attack.name)
  }
  return expected
}

async function send(
  { name: attack, events }: PlayedAttack,
  { bus, score, tell }: ReplayStage,
): Promise<boolean> {
  const told = new Set<string>()
  for (const event of events) {
    const rules = await bus.matching(event)
    const at = Date.now()
    const id = await bus.put(event)
    score.sent({ id, attack, at, matched: rules.length > 0 })
    const what = event.detail.eventName ?? event.detail.type ?? event['detail-type']
    // A rule's reason is printed with its first event of an attack.
    const because = rules.filter(({ name }) => !told.has(name)).map((rule) => rule.because)
    for (const { name } of rules) told.add(name)
    tell(
      { type: 'event', id, source: event.source, what, rules: rules.map(({ name }) => name), because },
      attack,
    )
  }
  return told.size > 0
}

/** Waits until every containment has expired, and reports how many are left. */
export async function releases({ journal, score, tell, signal }: ReplayStage): Promise<void> {
  const live = [...journal.records.values()].filter(({ status }) => status === 'contained')
  const due = live.map((one) => one.due).toSorted()
  const isLive = (id: string) => journal.records.get(id)?.status === 'contained'
  let left = -1
  const over = () => {
    const now = live.filter(({ id }) => isLive(id)).length
    const next = due[live.length - now]
    if (now !== left && next) tell({ type: 'waiting', ended: live.length - now, of: live.length, due: next })
    left = now
    return now === 0
  }
  const longest = Math.max(0, Date.parse(due.at(-1) ?? '') - Date.now() || 0)
  if (await journal.until(over, longest + lateMs, signal)) return
  for (const one of live.filter(({ id }) => isLive(id)))
    score.fail(`${one.playbook} (${one.id}) was due at ${one.due}, and is still contained`)
}
