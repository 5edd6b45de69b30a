import type { Json, State } from '../../engine/state.ts'
import { canonical } from '../../lib/canonical.ts'

/** Sessions issued while the denial spreads through IAM fall under it too; the console adds as much. */
const spreadMs = 30_000

const denial = (Condition: State): State => ({ Effect: 'Deny', Action: '*', Resource: '*', Condition })
const olderThan = (until: string): State => denial({ DateLessThan: { 'aws:TokenIssueTime': until } })
const version = { Version: '2012-10-17' }

/**
 * A policy that denies everything to one session and to no other: equal, not like, so that no name a session was
 * given can mean more than itself. Source: IAM User Guide, "Disabling permissions for temporary credentials".
 */
export const denyOnly = (principalId: string): string =>
  canonical({ ...version, Statement: [denial({ StringEquals: { 'aws:userid': principalId } })] })

/**
 * A policy that denies everything to sessions issued before `at` and 30 s more, made from the one that is there:
 * never milder than it. A later date stays, and so do statements of others; an earlier date gives way. Pure.
 * Source: IAM User Guide, "Revoke IAM role temporary security credentials".
 */
export function denyOlder(present: string | null, at: string): string {
  const until = Date.parse(at) + spreadMs
  const document: State = present === null ? version : JSON.parse(present)
  const statements = [document.Statement ?? []].flat() as State[]
  if (present !== null && statements.some((one) => (untilOf(one) ?? 0) >= until)) return present
  const theirs = statements.filter((one) => untilOf(one) === undefined)
  return canonical({ ...document, Statement: [...theirs, olderThan(new Date(until).toISOString())] })
}

/** Whether a policy is what `denyOlder` makes of an earlier one, at whatever moment: nobody changed it since. Pure. */
export function isDenyOlder(policy: string, earlier: string | null): boolean {
  const document: State = JSON.parse(policy)
  const untils = ([document.Statement ?? []].flat() as State[]).flatMap((one) => untilOf(one) ?? [])
  if (untils.length === 0) return false
  const at = new Date(Math.max(...untils) - spreadMs).toISOString()
  return denyOlder(earlier, at) === policy
}

// The moment of a statement that denies older sessions and does nothing else; of the console's and of ours.
function untilOf({ Sid: _, ...statement }: State): number | undefined {
  const { Action, Resource, Condition } = statement
  const date = only((Condition as { DateLessThan?: State } | undefined)?.DateLessThan?.['aws:TokenIssueTime'])
  // IAM takes seconds since 1970 too, which JavaScript would read as something else.
  if (typeof date !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(date) || Number.isNaN(Date.parse(date)))
    return undefined
  const bare = {
    ...statement,
    Action: only(Action),
    Resource: only(Resource),
    Condition: olderThan(date).Condition,
  }
  const same = canonical(bare as State) === canonical(olderThan(date)) && isBare(Condition)
  return same ? Date.parse(date) : undefined
}

// One operator with one key: a further condition would make the denial narrower than it looks.
const isBare = (condition: Json | undefined): boolean =>
  keys(condition).length === 1 && keys((condition as { DateLessThan: Json }).DateLessThan).length === 1

const keys = (value: Json | undefined): string[] => Object.keys(value ?? {})

const only = (value: Json | undefined): Json | undefined =>
  Array.isArray(value) && value.length === 1 ? value[0] : value
