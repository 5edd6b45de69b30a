import type { Envelope } from './envelope.ts'
import type {
  BudgetBreach,
  GuardrailIntervened,
  ModelInvocationObserved,
  ThresholdCrossed,
} from './signal.ts'

/**
 * Signals on the bus `portcullis-<stage>`, which only the stack sends as `portcullis`: what applications publish there
 * is counted, and never acted on by itself. Account and Region of the envelope are the stack's; the detail has those of
 * what happened.
 */
type Said<Type extends string, Detail> = Envelope<'portcullis', Type, Detail>

export type ThresholdCrossedEvent = Said<'Threshold Crossed', ThresholdCrossed>
export type BudgetBreachEvent = Said<'Budget Breach', BudgetBreach>
export type GuardrailIntervenedEvent = Said<'Guardrail Intervened', GuardrailIntervened>
export type ModelInvocationEvent = Said<'Model Invocation Observed', ModelInvocationObserved>
