import { randomUUID } from 'node:crypto'
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type { Outcome } from '../../../engine/outcome.ts'
import { isLoopback } from '../../../lib/loopback.ts'
import { sanitize } from '../../../lib/text/sanitize.ts'
import { indexRules } from '../../../matching/index-rules.ts'
import { rules } from '../../../rules/index.ts'
import type { StagePlace } from '../stage/stage-place.ts'
import type { BoundAttack } from './scenarios.ts'

/** One event of an attack that was sent. */
export interface AttackEvent {
  /** In an account `test-…`, so that it can be recognized later; on emulators the id given by the bus. */
  id: string
  what: string
  rules: string[]
  /** The answers of the playbooks; empty on emulators, where the bus calls them asynchronously. */
  outcomes: Outcome[]
}

const index = indexRules(rules)

/** Marks an event as a test. No guard reads it: the attack must be handled like a real one. */
const mark = { 'portcullis:test': true }

/**
 * Sends the events of an attack, one after the other. In an account they go to the functions of the playbooks, as a rule
 * would send them, because only AWS services can put their own events on the default bus; on emulators they go to the
 * bus. Throws errors of AWS.
 */
export async function sendAttack({ events }: BoundAttack, place: StagePlace): Promise<AttackEvent[]> {
  const sent: AttackEvent[] = []
  for (const recorded of events) {
    const event = { ...recorded, id: `test-${randomUUID()}`, detail: { ...recorded.detail, ...mark } }
    const matched = index.matching(event)
    const { eventName, type } = recorded.detail
    const what = String(eventName ?? type ?? recorded['detail-type'])
    const found = isLoopback()
      ? await put(event)
      : { id: event.id, outcomes: await call(event, matched, place) }
    sent.push({ ...found, what: sanitize(what, 80), rules: matched })
  }
  return sent
}

type Event = BoundAttack['events'][number] & { id: string }

async function put(event: Event): Promise<Pick<AttackEvent, 'id' | 'outcomes'>> {
  const { source: Source, 'detail-type': DetailType, detail, resources: Resources, time } = event
  const entry = { Source, DetailType, Detail: JSON.stringify(detail), Resources, Time: new Date(time) }
  const { Entries = [] } = await new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [entry] }))
  const [{ EventId, ErrorCode, ErrorMessage } = {}] = Entries
  if (!EventId) throw new Error(`The bus refused an event of ${Source}: ${ErrorCode}, ${ErrorMessage}`)
  return { id: EventId, outcomes: [] }
}

async function call(event: Event, matched: string[], { prefix }: StagePlace): Promise<Outcome[]> {
  const lambda = new LambdaClient({})
  const calls = matched.flatMap((name) => {
    const then = rules.find((one) => one.name === name)?.then ?? {}
    return Object.keys(then).map((playbook) => ({ rule: name, playbook }))
  })
  const answers = calls.map(async ({ rule, playbook }) => {
    const Payload = JSON.stringify({ rule, event })
    const { FunctionError, Payload: said } = await lambda.send(
      new InvokeCommand({ FunctionName: `${prefix}-${playbook}`, Payload }),
    )
    const text = said?.transformToString() ?? '[]'
    if (FunctionError) throw new Error(`${prefix}-${playbook} failed: ${sanitize(text, 300)}`)
    return JSON.parse(text) as Outcome[]
  })
  return (await Promise.all(answers)).flat()
}
