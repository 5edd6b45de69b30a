import { setTimeout as sleep } from 'node:timers/promises'
import { diff, type State } from '../../engine/state.ts'
import { deadLetterQueueName } from '../../infrastructure/stack/events/dead-letters.ts'
import { layerOf } from '../../infrastructure/stack/layers.ts'
import { planLines } from '../../responders/messages/format/plan-lines.ts'
import { nameOfRecord } from '../story/names.ts'
import type { ReplayStage } from './expect.ts'
import { type AlertMail, type AlertsReader, deadLetters } from './mail.ts'

// The claims that can be made only at the end.

/** How long a message may take from the stream through function and topic to the queue, on a busy machine. */
const patienceMs = 60_000

/** Claims that the attacks caused nothing beyond what was expected. */
export function nothingElse(expected: Set<string>, stage: ReplayStage): void {
  const { journal } = stage
  const others = [...journal.records.values()].filter(({ id }) => !expected.has(id))
  const lines = others.map((one) => `${nameOfRecord(one)}, by rule ${one.rule}`)
  claim('nothing was contained or proposed beyond what was expected', lines, stage)
}

/** Claims that the account is as it was before, as AWS calls show it. */
export function asBefore(before: State, after: State, stage: ReplayStage): void {
  const { evidence } = stage.score
  const but = evidence.size > 0 ? ', except for the snapshots kept as evidence' : ''
  claim(`the account is as it was before the first attack${but}`, planLines(diff(before, after)), stage)
}

/** Claims that the dead-letter queues hold the unreadable events and nothing else. */
export async function parked(prefix: string, stage: ReplayStage): Promise<void> {
  const queues = [...stage.journal.notices.values()]
    .filter(({ kind }) => kind === 'unreadable')
    .map(({ playbook }) => deadLetterQueueName(prefix, layerOf(playbook)))
  const found = [...(await deadLetters(prefix))].flatMap(([queue, letters]) => letters.map(() => queue))
  const right = found.toSorted().join() === queues.toSorted().join()
  const lines = right ? [] : [`wanted: ${queues.join(', ')}`, `found: ${found.join(', ')}`]
  claim(`the unreadable event is in ${queues.join(' and ')}`, lines, stage)
}

/** Claims that the alerts topic reported every containment and every release. */
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
  const lines = missing.map(({ id, says }) => `no "${says}" message names ${id}`)
  claim('responders were notified of every containment and every release', lines, stage)
}

function claim(says: string, found: string[], { score, tell }: ReplayStage): void {
  if (found.length > 0) score.fail(`not true: ${says}`, found)
  else tell({ type: 'claim', holds: true, says, found })
}

const tells = ({ subject, text }: AlertMail, { id, says }: { id: string; says: string }): boolean =>
  subject.startsWith(`${says}:`) && text.includes(id)
