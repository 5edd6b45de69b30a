import type { Fact } from '../events/fact.ts'

type About = Pick<Fact, 'origin' | 'principal' | 'account'>

/** A role or user, whatever its session, as AWS says: what applications claim of principals counts nothing. */
export function principalKeyOf({ origin, principal, account }: About): string | undefined {
  if (origin === 'application' || !principal) return undefined
  return `${principal.account ?? account ?? 'unknown'}/${principal.name}`
}

/** One set of credentials: a user's key, or one session of a role. */
export const credentialsKeyOf = (fact: About): string | undefined =>
  fact.origin === 'application' ? undefined : (fact.principal?.accessKeyId ?? fact.principal?.arn)

/**
 * The human behind a call, as far as one shows. Only IAM Identity Center names sessions after people; whoever assumes
 * another role chooses the session's name, so that it is told apart within the role alone.
 */
export function personKeyOf({ principal }: About): string | undefined {
  if (!principal) return undefined
  const { sourceIdentity, session, name } = principal
  if (sourceIdentity !== undefined) return sourceIdentity
  if (session === undefined) return name
  return name.startsWith('role/AWSReservedSSO_') ? session : `${name}/${session}`
}
