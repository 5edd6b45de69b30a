import { canonical } from '../lib/canonical.ts'

/** A value that survives JSON, so it can be stored, compared and restored. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** What a playbook reads from a target and writes to it: plain data. The order of its keys does not matter. */
export type State = { [key: string]: Json }

/** A leaf that differs between two states. `undefined`: the leaf is absent there. */
export interface Change {
  path: string
  before: Json | undefined
  after: Json | undefined
}

/** Whether two values are the same data, whatever the order of their keys. */
export const same = (a: Json | undefined, b: Json | undefined): boolean => canonical(a) === canonical(b)

/** Every leaf that differs between two states. Arrays and empty objects are leaves. */
export function diff(before: State, after: State): Change[] {
  const [old, now] = [leaves(before), leaves(after)]
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort()
  return paths
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }))
    .filter((change) => !same(change.before, change.after))
}

/** The paths of changes, as a message lists them. */
export const pathsOf = (changes: Change[]): string => changes.map(({ path }) => path).join(', ')

/** The changes that are in place in `present`, and those that are missing. */
export function progress(changes: Change[], present: State): { done: Change[]; missing: Change[] } {
  const now = leaves(present)
  const done = changes.filter(({ path, after }) => same(now.get(path), after))
  return { done, missing: changes.filter((change) => !done.includes(change)) }
}

/**
 * The leaves that are neither as we found them nor as we wrote them, in this or an earlier attempt: another actor
 * changed them. Leaves that were added later are not among them; the release keeps them.
 */
export function foreignChanges(before: State, ours: State[], present: State): Change[] {
  const known = [before, ...ours].map((one) => leaves(one))
  const now = leaves(present)
  const after = leaves(ours.at(-1) ?? before)
  return [...new Set(known.flatMap((one) => [...one.keys()]))]
    .sort()
    .filter((path) => !known.some((one) => same(one.get(path), now.get(path))))
    .map((path) => ({ path, before: after.get(path), after: now.get(path) }))
}

/** `before`, except for the leaves that others changed or added since: those stay. */
export function restore(before: State, ours: State[], present: State): State {
  const goal = leaves(before)
  const now = leaves(present)
  for (const { path } of foreignChanges(before, ours, present)) {
    const found = now.get(path)
    if (found === undefined) goal.delete(path)
    else goal.set(path, found)
  }
  const known = [before, ...ours].map((one) => leaves(one))
  for (const [path, found] of now) if (!known.some((one) => one.has(path))) goal.set(path, found)
  return treeOf(goal)
}

const isObject = (value: unknown): value is State =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// A path is a JSON pointer (RFC 6901): it escapes the dots and slashes that keys contain (addresses, ARNs).
const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
const unescaped = (key: string) => key.replaceAll('~1', '/').replaceAll('~0', '~')

function leaves(state: State, at = ''): Map<string, Json> {
  const found = new Map<string, Json>()
  for (const [key, value] of Object.entries(state)) {
    const path = `${at}/${escaped(key)}`
    if (isObject(value) && Object.keys(value).length > 0)
      for (const leaf of leaves(value, path)) found.set(...leaf)
    else found.set(path, value)
  }
  return found
}

// Entries, not assignments: a key from AWS may be `__proto__`, and an assignment to it would change the prototype.
function treeOf(paths: Map<string, Json>): State {
  const own: [string, Json][] = []
  const deeper = new Map<string, Map<string, Json>>()
  for (const [path, value] of paths) {
    const [, key = '', ...rest] = path.split('/')
    if (rest.length === 0) own.push([unescaped(key), value])
    else deeper.set(key, (deeper.get(key) ?? new Map()).set(`/${rest.join('/')}`, value))
  }
  const branches = [...deeper].map(([key, inner]): [string, Json] => [unescaped(key), treeOf(inner)])
  // Branches last: they replace an empty object of another actor at the same key.
  return Object.fromEntries([...own, ...branches])
}
