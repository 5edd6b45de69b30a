import * as z from 'zod'
import { getPath } from '../lib/get-path.ts'
import { homeRegionOf } from '../lib/partition.ts'
import { BadEvent } from './errors.ts'
import { type Identifier, identifiers } from './identifiers.ts'

/** The identifiers of a target, and always its account and Region. */
export type Target<K extends Identifier = never> = { account: string; region: string } & {
  [key in K]: string
}

/** A target of any kind. */
export type AnyTarget = { account: string; region: string } & { [key in Identifier]?: string }

const location = {
  account: z.string().regex(/^\d{12}$/, 'is not a 12-digit account ID'),
  region: z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'is not a Region'),
}

/** The target that a rule or a command names, checked field by field. Throws `BadEvent` with the path and the value. */
export function parseTarget<K extends Identifier>(
  keys: readonly K[],
  input: unknown,
  global = false,
): Target<K> {
  const shape = Object.fromEntries(
    keys.map((key) => [key, z.string().regex(identifiers[key].shape, `is not a valid ${key}`)]),
  )
  const result = z.strictObject({ ...location, ...shape }).safeParse(input)
  if (!result.success) {
    const [issue] = result.error.issues
    const path = issue?.path.join('.') ?? ''
    throw new BadEvent({
      path: `target.${path}`,
      found: getPath(input, ...(issue?.path ?? [])),
      problem: issue?.message ?? 'is not a valid target',
    })
  }
  const target = result.data as Target<K>
  // A global resource is one target from every Region: two targets would read each other's changes as `before`.
  return global ? { ...target, region: homeRegionOf(target.region) } : target
}

/** The key of a target in the journal. Its values cannot contain the separator: they would not have parsed. */
export const targetKey = (target: AnyTarget): string =>
  Object.entries(target)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join('|')
