import type { Call } from '../events/fact.ts'
import type { ModelInvocationObserved } from '../events/signal.ts'

type AnyCall = Call | ModelInvocationObserved

/** Whether it is a successful call to one of these API operations. */
export const isSuccessfulCallTo =
  (names: readonly string[]) =>
  (call: AnyCall): boolean =>
    call.type === 'Call' && call.errorCode === undefined && names.includes(call.name)

/** Whether IAM refused it. */
export const isAccessDenied = ({ errorCode }: AnyCall): boolean => /^AccessDenied/.test(errorCode ?? '')

/**
 * Whether it is a call to a model, by CloudTrail's record only: the invocation log reports the same calls again. The
 * event that ends a stream is not a further call.
 */
export const isModelCall = (call: AnyCall): boolean =>
  call.type === 'ModelInvocationObserved' && call.origin === 'cloudtrail' && call.completes === undefined

export const isSuccessfulModelCall = (call: AnyCall): boolean =>
  isModelCall(call) && call.errorCode === undefined

/** Errors that a caller gets who tries which models and parameters work. */
const probing = /^(AccessDenied|ValidationException|UnrecognizedClient)/

export const isRefusedModelCall = (call: AnyCall): boolean =>
  isModelCall(call) && probing.test(call.errorCode ?? '')
