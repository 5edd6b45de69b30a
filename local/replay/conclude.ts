import { setTimeout as sleep } from 'node:timers/promises'
import { diff, type State } from '../../engine/state.ts'
import { deadLetterQueueName } from '../../infrastructure/stack/events/dead-letters.ts'
import { layerOf } from '../../infrastructure/stack/layers.ts'
import { planLines } from '../../responders/messages/plan.ts'
import { nameOfRecord } from '../story/names.ts'
import { type AlertMail, type AlertsReader, deadLetters } from './mail.ts'
import type { ReplayStage } from './replay.ts'

// The claims that can only be made when all is over.

/** Messages are on their way for a while: stream, function, topic, queue. */
const patienceMs = 20_000

/** Nothing came of the attacks but what was expected. */
export function nothingElse(expected: Set<string>, stage: ReplayStage): void {
  const { journal } = stage
  const others = [...journal.records.values()].filter(({ id }) => !expected.has(id))
  const lines = others.map((one) => `${nameOfRecord(one)}, by rule ${one.rule}`)
  claim('nothing was contained or proposed but what had to be', lines, stage)
}

/** The account is what it was, to the cloud's own calls. */
export function asBefore(before: State, after: State, stage: ReplayStage): void {
  const { evidence } = stage.score
  const but = evidence.size > 0 ? ', but for the snapshots that are kept as evidence' : ''
  claim(`the account is as it was before the first attack${but}`, planLines(diff(before, after)), stage)
}

/** What nobody could read lies in the dead-letter queue of its function, and nothing else does. */
export async function parked(prefix: string, stage: ReplayStage): Promise<void> {
  const queues = [...stage.journal.notices.values()]
    .filter(({ kind }) => kind === 'unreadable')
    .map(({ playbook }) => deadLetterQueueName(prefix, layerOf(playbook)))
  const found = [...(await deadLetters(prefix))].flatMap(([queue, letters]) => letters.map(() => queue))
  const right = found.toSorted().join() === queues.toSorted().join()
  const lines = right ? [] : [`wanted: ${queues.join(', ')}`, `found: ${found.join(', ')}`]
  claim(`the event that nobody could read lies in ${queues.join(' and ')}`, lines, stage)
}

/** Somebody who reads the alerts read of every containment and of every release. */
export async function allTold(inbox: AlertsReader, stage: ReplayStage): Promise<void> {
  const { contained, evidence, released, told } = stage.score
  const wanted = [
    ...[...contained, ...evidence, ...told].map((id) => ({ id, says: 'Contained' })),
    ...[...released].map((id) => ({ id, says: 'Released' })),
  ]
  let missing = wanted
  for (const end = Date.now() + patienceMs; missing.length > 0 && Date.now() < end; ) {
    const mails = await inbox.read()
    missing = wanted.filter((one) => !mails.some((mail) => tells(mail, one)))
    if (missing.length > 0) await sleep(100, undefined, { signal: stage.signal })
  }
  const lines = missing.map(({ id, says }) => `no message says "${says}" of ${id}`)
  claim('responders were told of every containment and of every release', lines, stage)
}

function claim(says: string, found: string[], { score, tell }: ReplayStage): void {
  if (found.length > 0) score.fail(`it is not so that ${says}`, found)
  else tell({ type: 'claim', holds: true, says, found })
}

const tells = ({ subject, text }: AlertMail, { id, says }: { id: string; says: string }): boolean =>
  subject.startsWith(`${says}:`) && text.includes(id)
