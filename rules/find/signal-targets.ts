import type { Signal } from '../events/signal.ts'
import { endUserIdOf } from './end-user-id.ts'
import type { IamIdentity } from './principal.ts'

type About = Pick<Signal, 'principal' | 'account'>

/** The account something happened in: a signal's envelope has the stack's. */
const placeOf = ({ principal, account }: About): { account?: string } => {
  const of = principal?.account ?? account
  return of === undefined ? {} : { account: of }
}

/** Who a signal says called AWS, and where IAM reaches them. */
export function callerInSignal(signal: About): IamIdentity {
  const name = signal.principal?.name ?? 'an unknown principal'
  const isReached = /^(role|user)\//.test(name)
  return { name, targets: isReached ? [{ ...placeOf(signal), principal: name }] : [] }
}

/** The session of a role that a signal is about, if it is one. */
export function sessionInSignal(
  signal: About,
): { account?: string; roleName: string; principalId: string }[] {
  const { name = '', principalId = '' } = signal.principal ?? {}
  const isSession = name.startsWith('role/') && /^AROA\w+:/.test(principalId)
  return isSession ? [{ ...placeOf(signal), roleName: name.slice('role/'.length), principalId }] : []
}

/** The long-term access key that a signal is about, if it is one. */
export function accessKeyInSignal(signal: About): { account?: string; accessKeyId: string }[] {
  const { accessKeyId = '' } = signal.principal ?? {}
  return accessKeyId.startsWith('AKIA') ? [{ ...placeOf(signal), accessKeyId }] : []
}

/** The end user, as limits call them. */
export const endUserInSignal = ({ user }: Pick<Signal, 'user'>): { userId: string }[] =>
  user === undefined ? [] : [{ userId: endUserIdOf(user) }]

/** The user of a Cognito user pool, where the application names its users `<pool's id>/<username>`. */
export function poolUserInSignal({ user = '' }: Pick<Signal, 'user'>): {
  region: string
  userPoolId: string
  username: string
}[] {
  const [, userPoolId, region, username] = /^(([a-z]{2}(?:-[a-z]+)+-\d)_[0-9A-Za-z]+)\/(.+)$/.exec(user) ?? []
  if (userPoolId === undefined || region === undefined || username === undefined) return []
  return [{ region, userPoolId, username }]
}
