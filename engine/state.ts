import { canonical } from '../lib/canonical.ts'

/** What survives JSON, and so can be journaled, compared and put back. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** What one playbook knows of one target: plain data, keys sorted by `canonical` before it is compared. */
export type State = { [key: string]: Json }

/** One leaf that differs. `undefined` means the leaf is absent on that side. */
export interface Change {
  path: string
  before: Json | undefined
  after: Json | undefined
}

/** Whether two values are the same data, whatever the order of their keys. */
export const same = (a: Json | undefined, b: Json | undefined): boolean => canonical(a) === canonical(b)

/** Every leaf that differs between two states; arrays and empty objects are leaves. */
export function diff(before: State, after: State): Change[] {
  const [old, now] = [leaves(before), leaves(after)]
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort()
  return paths
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }))
    .filter((change) => !same(change.before, change.after))
}

/** The paths of changes, as a message lists them. */
export const pathsOf = (changes: Change[]): string => changes.map(({ path }) => path).join(', ')

/** The changes that hold in `present`, and those that do not. */
export function progress(changes: Change[], present: State): { done: Change[]; missing: Change[] } {
  const now = leaves(present)
  const done = changes.filter(({ path, after }) => same(now.get(path), after))
  return { done, missing: changes.filter((change) => !done.includes(change)) }
}

/**
 * Leaves that are neither as we found them nor as we left them, now or in an earlier attempt: somebody else acted.
 * What is new since is nobody's change of ours: a release leaves it as it is.
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

/** `before`, except for the leaves that somebody else changed or made since: those stay as they are. */
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
  return plant(goal)
}

const isObject = (value: unknown): value is State =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// A path is a JSON pointer (RFC 6901): keys hold dots and slashes (addresses, ARNs), pointers escape them.
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

// Entries, not assignments: a key from the cloud may be `__proto__`, and to assign to that changes every object.
function plant(paths: Map<string, Json>): State {
  const own: [string, Json][] = []
  const deeper = new Map<string, Map<string, Json>>()
  for (const [path, value] of paths) {
    const [, key = '', ...rest] = path.split('/')
    if (rest.length === 0) own.push([unescaped(key), value])
    else deeper.set(key, (deeper.get(key) ?? new Map()).set(`/${rest.join('/')}`, value))
  }
  const branches = [...deeper].map(([key, inner]): [string, Json] => [unescaped(key), plant(inner)])
  // Branches last: they stay where somebody left an empty object in their place.
  return Object.fromEntries([...own, ...branches])
}
