import { randomUUID } from 'node:crypto'
import type { EventBridgeClient, PutEventsCommandOutput } from '@aws-sdk/client-eventbridge'
import { detailTypes, type Signal } from '../rules/events/signal.ts'
import { signalsOfTrace } from '../sensing/signals/application.ts'

/** Where an application's signals go. */
export interface TracerOptions {
  /** Name or ARN of the portcullis event bus. */
  bus: string
  /** Whoever the application runs as: an ARN. */
  principal?: string
  /** Made when first needed, for the Region of the environment, if none is given. */
  client?: Pick<EventBridgeClient, 'send'>
  /** Also tell of calls that no guardrail objected to: one event a call. Else only of those it did. */
  everyCall?: boolean
}

/** Whose call it was. Ids only: what looks like a text is replaced by its SHA-256. */
export interface CallLabels {
  user?: string
  session?: string
  tenant?: string
  model?: string
  /** Of an answer of ApplyGuardrail, which does not say what it judged. */
  direction?: 'input' | 'output'
}

export type TraceOutcome = { sent: number } | { sent: 0; error: Error }

/** What applications send as. Let their role put events as this source only (`events:source`): `portcullis` is the stack's. */
export const applicationSource = 'portcullis.app'

/** EventBridge takes 256 KB an entry; a signal is far below it, and what is not is not sent. */
const largest = 256 * 1024 - 1024

/**
 * Tells Portcullis what guardrails found, from the application that called the model. Sends ids, policies and counts, never
 * text; never throws and never holds up an answer longer than one call of PutEvents, whose outcome it returns.
 *
 *     import { tracer } from 'portcullis/trace'
 *     const trace = tracer({ bus: 'portcullis-prod' })
 *
 *     const answer = await bedrock.send(new ConverseCommand({ modelId, messages, guardrailConfig }))
 *     await trace(answer, { user: claims.sub, session: chatId, model: modelId })
 *
 * Takes answers of Converse, InvokeModel, ApplyGuardrail and RetrieveAndGenerate as the SDK gives them, and of streams and
 * agents the list of the events that were read.
 */
export const tracer =
  (to: TracerOptions) =>
  async (answer: unknown, whose: CallLabels = {}): Promise<TraceOutcome> => {
    try {
      // Most answers carry the request's id; of those that do not, two alike are still two.
      const about = { id: randomUUID(), time: new Date().toISOString(), principal: to.principal }
      const signals = signalsOfTrace({ ...about, ...whose, response: answer })
      const told = signals.filter((one) => to.everyCall === true || one.type !== 'ModelInvocationObserved')
      const entries = told.map((one) => entryOf(one, to.bus)).filter((one) => one.Detail.length < largest)
      if (entries.length === 0) return { sent: 0 }
      return outcomeOf(await put(entries, to))
    } catch (thrown) {
      return { sent: 0, error: thrown instanceof Error ? thrown : new Error('The signal was not sent') }
    }
  }

const entryOf = (signal: Signal, bus: string) => ({
  EventBusName: bus,
  Source: applicationSource,
  DetailType: detailTypes[signal.type],
  Detail: JSON.stringify(signal),
  ...(signal.time !== undefined && { Time: new Date(signal.time) }),
})

let shared: EventBridgeClient | undefined

async function put(
  Entries: ReturnType<typeof entryOf>[],
  { client }: TracerOptions,
): Promise<PutEventsCommandOutput> {
  const sdk = await import('@aws-sdk/client-eventbridge')
  shared = client ? shared : (shared ?? new sdk.EventBridgeClient({ maxAttempts: 2 }))
  const chosen = client ?? shared
  if (!chosen) throw new Error('There is no EventBridge client')
  return await chosen.send(new sdk.PutEventsCommand({ Entries }))
}

/** PutEvents answers 200 and counts what it refused. */
function outcomeOf({ FailedEntryCount = 0, Entries = [] }: PutEventsCommandOutput): TraceOutcome {
  if (FailedEntryCount === 0) return { sent: Entries.length }
  const code = Entries.find((one) => one.ErrorCode !== undefined)?.ErrorCode
  return {
    sent: 0,
    error: new Error(
      `EventBridge took ${Entries.length - FailedEntryCount} of ${Entries.length} signals (${code})`,
    ),
  }
}
