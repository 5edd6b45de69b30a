import type { Pattern } from '../pattern.ts'
import type { EventDefinition } from './definition.ts'
import type { ModelInvocationObserved } from './signal.ts'
import { type SignalEvent, signalDetail, signalEnvelope, signalNames } from './signal-event.ts'

/** A model, an agent or an endpoint was called. */
export type ModelInvocationEvent = SignalEvent<'Model Invocation Observed', ModelInvocationObserved>

/** A successful invocation that AWS reported. What an application reports is a claim, and triggers nothing by itself. */
export const modelInvoked = (detail: Pattern<ModelInvocationObserved>) =>
  ({
    source: ['portcullis'],
    'detail-type': ['Model Invocation Observed'],
    detail: { origin: [{ 'anything-but': 'application' }], errorCode: [{ exists: false }], ...detail },
  }) as const

/** What a rule is about is an operation. */
export const modelInvocationEvent: EventDefinition<ModelInvocationEvent> = {
  sample: {
    ...signalEnvelope,
    resources: [],
    'detail-type': 'Model Invocation Observed',
    detail: {
      ...signalDetail,
      policies: [],
      origin: 'cloudtrail',
      type: 'ModelInvocationObserved',
      model: 'anthropic.claude-3-haiku-20240307-v1:0',
      tokens: { input: 812, output: 96, total: 908 },
    },
  },
  pattern: modelInvoked,
  asks: (operation) => [{ operation: [operation] }],
  about: ['InvokeAgentRuntime', 'InvokeAgent', 'CreateInference', 'InvokeEndpoint'],
  because: (operation) => `A principal called ${operation}.`,
  threats: ['THREAT-39'],
  attack: ['AML.T0040', 'LLM10'],
  subject: { finder: 'callerInSignal', from: 'find/signal-targets.ts', of: 'detail', part: 'name' },
  what: 'detail.operation',
  fires: (operation) => ({ detail: { operation } }),
  not: {
    not: { detail: { operation: 'ListFoundationModels' } },
    'not-application': { detail: { origin: 'application' } },
    'not-denied': { detail: { errorCode: 'AccessDeniedException' } },
  },
  names: signalNames,
}
