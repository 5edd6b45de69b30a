import type { Json, State } from '../../engine/state.ts'
import { canonical } from '../../lib/canonical.ts'

/** Covers sessions that are issued while the denial propagates in IAM; the IAM console adds the same time. */
const propagationMs = 30_000

const denial = (Condition: State): State => ({ Effect: 'Deny', Action: '*', Resource: '*', Condition })
const olderThan = (until: string): State => denial({ DateLessThan: { 'aws:TokenIssueTime': until } })
const version = { Version: '2012-10-17' }

/**
 * A policy that denies every action to exactly one session. StringEquals and not StringLike, so that wildcards in a
 * session name match nothing else. Source: IAM User Guide, "Disabling permissions for temporary credentials".
 */
export const denyOnly = (principalId: string): string =>
  canonical({ ...version, Statement: [denial({ StringEquals: { 'aws:userid': principalId } })] })

/**
 * A policy that denies every action to sessions issued until 30 s after `at`, based on the present policy and never
 * weaker than it: a later date and other statements are kept, an earlier date is replaced. Pure.
 * Source: IAM User Guide, "Revoke IAM role temporary security credentials".
 */
export function denyOlder(present: string | null, at: string): string {
  const until = Date.parse(at) + propagationMs
  const document: State = present === null ? version : JSON.parse(present)
  const statements = [document.Statement ?? []].flat() as State[]
  if (present !== null && statements.some((one) => (untilOf(one) ?? 0) >= until)) return present
  const theirs = statements.filter((one) => untilOf(one) === undefined)
  return canonical({ ...document, Statement: [...theirs, olderThan(new Date(until).toISOString())] })
}

/** Whether a policy is the result of `denyOlder` on an earlier one, so that it was not changed since. Pure. */
export function isDenyOlder(policy: string, earlier: string | null): boolean {
  const document: State = JSON.parse(policy)
  const untils = ([document.Statement ?? []].flat() as State[]).flatMap((one) => untilOf(one) ?? [])
  if (untils.length === 0) return false
  const at = new Date(Math.max(...untils) - propagationMs).toISOString()
  return denyOlder(earlier, at) === policy
}

// The time of a statement that denies older sessions and nothing else, written by the IAM console or by Portcullis.
function untilOf({ Sid: _, ...statement }: State): number | undefined {
  const { Action, Resource, Condition } = statement
  const date = only((Condition as { DateLessThan?: State } | undefined)?.DateLessThan?.['aws:TokenIssueTime'])
  // IAM also accepts epoch seconds, which JavaScript would parse as a different date.
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

// One operator with one key: a further condition would narrow the denial.
const isBare = (condition: Json | undefined): boolean =>
  keys(condition).length === 1 && keys((condition as { DateLessThan: Json }).DateLessThan).length === 1

const keys = (value: Json | undefined): string[] => Object.keys(value ?? {})

const only = (value: Json | undefined): Json | undefined =>
  Array.isArray(value) && value.length === 1 ? value[0] : value
