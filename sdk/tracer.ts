import { randomUUID } from 'node:crypto'
import type { EventBridgeClient, PutEventsCommandOutput } from '@aws-sdk/client-eventbridge'
import { detailTypes, type Signal } from '../rules/events/signal.ts'
import { signalsOfTrace } from '../sensing/signals/application.ts'

/** Where an application sends its signals, and which. */
export interface TracerOptions {
  /** Name or ARN of the event bus `portcullis-<stage>`. */
  bus: string
  /** The ARN of the application's own principal. */
  principal?: string
  /** Default: a client for the Region of the environment, created when first needed. */
  client?: Pick<EventBridgeClient, 'send'>
  /** Report every model call, at one event a call. Default: only calls in which a guardrail detected something. */
  everyCall?: boolean
}

/** For whom the model was called. Ids only: a value that may be a text is replaced by its SHA-256. */
export interface CallLabels {
  user?: string
  session?: string
  tenant?: string
  model?: string
  /** For answers of ApplyGuardrail, which do not contain it. */
  direction?: 'input' | 'output'
}

/** How many signals were sent; with an error, none. */
export type TraceOutcome = { sent: number } | { sent: 0; error: Error }

/** The event source of applications. Restrict their role to it (`events:source`): `portcullis` is the stack's. */
export const applicationSource = 'portcullis.app'

/** EventBridge accepts 256 KB an entry. A signal is far smaller; a larger one is not sent. */
const maxEntryLength = 256 * 1024 - 1024

/**
 * Reports to Portcullis what guardrails detected, from the application that called the model. Sends ids, policies and
 * counts, but no text. Never throws, and delays an answer by at most one call of PutEvents, whose outcome it returns.
 *
 *     import { tracer } from 'portcullis/sdk'
 *     const trace = tracer({ bus: 'portcullis-prod' })
 *
 *     const answer = await bedrock.send(new ConverseCommand({ modelId, messages, guardrailConfig }))
 *     await trace(answer, { user: claims.sub, session: chatId, model: modelId })
 *
 * Accepts answers of Converse, InvokeModel, ApplyGuardrail and RetrieveAndGenerate as the SDK returns them, and for streams
 * and agents the list of their events.
 */
export const tracer =
  (options: TracerOptions) =>
  async (answer: unknown, labels: CallLabels = {}): Promise<TraceOutcome> => {
    try {
      // Most answers have a request id. Of those without one, two equal answers are still two.
      const common = { id: randomUUID(), time: new Date().toISOString(), principal: options.principal }
      const signals = signalsOfTrace({ ...common, ...labels, response: answer })
      const reported = signals.filter(
        (one) => options.everyCall === true || one.type !== 'ModelInvocationObserved',
      )
      const entries = reported
        .map((one) => entryOf(one, options.bus))
        .filter((one) => one.Detail.length < maxEntryLength)
      if (entries.length === 0) return { sent: 0 }
      return outcomeOf(await put(entries, options))
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

/** PutEvents returns 200 and counts the entries that it rejected. */
function outcomeOf({ FailedEntryCount = 0, Entries = [] }: PutEventsCommandOutput): TraceOutcome {
  if (FailedEntryCount === 0) return { sent: Entries.length }
  const code = Entries.find((one) => one.ErrorCode !== undefined)?.ErrorCode
  return {
    sent: 0,
    error: new Error(
      `EventBridge accepted ${Entries.length - FailedEntryCount} of ${Entries.length} signals (${code})`,
    ),
  }
}
