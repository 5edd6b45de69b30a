import type { Fact } from '../events/fact.ts'

type FactActor = Pick<Fact, 'origin' | 'principal' | 'account'>

/** A role or user, whatever its session. Applications' claims about principals are not counted. */
export function principalKeyOf({ origin, principal, account }: FactActor): string | undefined {
  if (origin === 'application' || !principal) return undefined
  return `${principal.account ?? account ?? 'unknown'}/${principal.name}`
}

/** One set of credentials: a user's key, or one session of a role. */
export const credentialsKeyOf = (fact: FactActor): string | undefined =>
  fact.origin === 'application' ? undefined : (fact.principal?.accessKeyId ?? fact.principal?.arn)

/**
 * The person behind a call, as far as the record shows. Only IAM Identity Center names sessions after people; the names
 * of other sessions are chosen by the caller, so they count within their role only.
 */
export function personKeyOf({ principal }: FactActor): string | undefined {
  if (!principal) return undefined
  const { sourceIdentity, session, name } = principal
  if (sourceIdentity !== undefined) return sourceIdentity
  if (session === undefined) return name
  return name.startsWith('role/AWSReservedSSO_') ? session : `${name}/${session}`
}
