import type { Call } from '../events/fact.ts'
import type { ModelInvocationObserved } from '../events/signal.ts'

type Called = Call | ModelInvocationObserved

/** One of these calls to AWS, and it succeeded. */
export const isAmong =
  (names: readonly string[]) =>
  (it: Called): boolean =>
    it.type === 'Call' && it.errorCode === undefined && names.includes(it.name)

/** IAM refused it. */
export const isDenied = ({ errorCode }: Called): boolean => /^AccessDenied/.test(errorCode ?? '')

/** A model was called. CloudTrail has each call once, the invocation log the same ones; the end of a stream is none. */
export const isCalled = (it: Called): boolean =>
  it.type === 'ModelInvocationObserved' && it.origin === 'cloudtrail' && it.completes === undefined

/** A model was called, and ran. */
export const isRun = (it: Called): boolean => isCalled(it) && it.errorCode === undefined
