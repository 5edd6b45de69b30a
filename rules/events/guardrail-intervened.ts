import type { Pattern } from '../pattern.ts'
import type { EventDefinition } from './definition.ts'
import type { GuardrailIntervened } from './signal.ts'
import { type SignalEvent, signalDetail, signalEnvelope, signalNames } from './signal-event.ts'

/** A guardrail blocked or masked a prompt or an answer. */
export type GuardrailIntervenedEvent = SignalEvent<'Guardrail Intervened', GuardrailIntervened>

/** An intervention that AWS reported. What an application reports is a claim, and triggers nothing by itself. */
export const guardrailIntervened = (detail: Pattern<GuardrailIntervened>) =>
  ({
    source: ['portcullis'],
    'detail-type': ['Guardrail Intervened'],
    detail: { origin: [{ 'anything-but': 'application' }], ...detail },
  }) as const

/** The guardrail that intervened; empty where the record does not name it. */
export const guardrailOf = ({ guardrail }: GuardrailIntervened): { guardrailId: string }[] =>
  guardrail ? [{ guardrailId: guardrail.id }] : []

const policies = (policy: string, type: string) => ({
  detail: { policies: [{ policy, type, action: 'BLOCKED' }] },
})

/** What a rule is about is a policy of a guardrail. */
export const guardrailIntervenedEvent: EventDefinition<GuardrailIntervenedEvent> = {
  sample: {
    ...signalEnvelope,
    resources: [],
    'detail-type': 'Guardrail Intervened',
    detail: {
      ...signalDetail,
      policies: [],
      origin: 'cloudtrail',
      type: 'GuardrailIntervened',
      guardrail: { id: 'gr4rdr41l0id', version: '1' },
      direction: 'input',
    },
  },
  pattern: guardrailIntervened,
  asks: (policy) => [{ policies: { policy: [policy] } }],
  about: ['sensitive-information', 'topic', 'word', 'automated-reasoning'],
  because: (policy) => `A guardrail intervened because of its ${policy} policy.`,
  threats: ['THREAT-17'],
  attack: ['AML.T0051', 'LLM01'],
  subject: { finder: 'callerInSignal', from: 'find/signal-targets.ts', of: 'detail', part: 'name' },
  what: 'detail.direction',
  fires: (policy) => policies(policy, 'DENY'),
  not: {
    not: policies('grounding', 'GROUNDING'),
    'not-application': { detail: { origin: 'application' } },
  },
  names: {
    ...signalNames,
    guardrailId: { by: { finder: 'guardrailOf', from: 'events/guardrail-intervened.ts', of: 'detail' } },
  },
}
