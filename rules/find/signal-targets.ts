import type { Signal } from '../events/signal.ts'
import { endUserIdOf } from './end-user-id.ts'
import type { IamIdentity } from './principal.ts'

type SignalActor = Pick<Signal, 'principal' | 'account'>

/** The account of the principal: the envelope of a signal has the stack's account. */
const accountOf = ({ principal, account }: SignalActor): { account?: string } => {
  const of = principal?.account ?? account
  return of === undefined ? {} : { account: of }
}

/** The identity that called AWS, by a signal. */
export function callerInSignal(signal: SignalActor): IamIdentity {
  const name = signal.principal?.name ?? 'an unknown principal'
  const isReached = /^(role|user)\//.test(name)
  return { name, targets: isReached ? [{ ...accountOf(signal), principal: name }] : [] }
}

/** The target of deny-session, if the principal is a session of a role. */
export function sessionInSignal(
  signal: SignalActor,
): { account?: string; roleName: string; principalId: string }[] {
  const { name = '', principalId = '' } = signal.principal ?? {}
  const isSession = name.startsWith('role/') && /^AROA\w+:/.test(principalId)
  return isSession ? [{ ...accountOf(signal), roleName: name.slice('role/'.length), principalId }] : []
}

/** The target of disable-access-key, if the principal used a long-term key. */
export function accessKeyInSignal(signal: SignalActor): { account?: string; accessKeyId: string }[] {
  const { accessKeyId = '' } = signal.principal ?? {}
  return accessKeyId.startsWith('AKIA') ? [{ ...accountOf(signal), accessKeyId }] : []
}

/** The target of throttle-user. */
export const endUserInSignal = ({ user }: Pick<Signal, 'user'>): { userId: string }[] =>
  user === undefined ? [] : [{ userId: endUserIdOf(user) }]

/** The target of disable-user, if the application names its users `<user pool id>/<username>`. */
export function poolUserInSignal({ user = '' }: Pick<Signal, 'user'>): {
  region: string
  userPoolId: string
  username: string
}[] {
  const [, userPoolId, region, username] = /^(([a-z]{2}(?:-[a-z]+)+-\d)_[0-9A-Za-z]+)\/(.+)$/.exec(user) ?? []
  if (userPoolId === undefined || region === undefined || username === undefined) return []
  return [{ region, userPoolId, username }]
}
