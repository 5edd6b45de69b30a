import * as z from 'zod'
import { getPath } from '../lib/get-path.ts'
import { homeRegionOf } from '../lib/partition.ts'
import { BadEvent } from './errors.ts'
import { type Identifier, identifiers } from './identifiers.ts'

/** Named identifiers, and always where they are. */
export type Target<K extends Identifier = never> = { account: string; region: string } & {
  [key in K]: string
}

/** A target of any kind, for what does not care which. */
export type AnyTarget = { account: string; region: string } & { [key in Identifier]?: string }

const place = {
  account: z.string().regex(/^\d{12}$/, 'is not a 12-digit account id'),
  region: z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'is not a Region'),
}

/** The target a rule or a command names, checked field by field. Throws `BadEvent` naming path and value. */
export function parseTarget<K extends Identifier>(
  keys: readonly K[],
  input: unknown,
  global = false,
): Target<K> {
  const shape = Object.fromEntries(
    keys.map((key) => [key, z.string().regex(identifiers[key].shape, `is no ${key}`)]),
  )
  const result = z.strictObject({ ...place, ...shape }).safeParse(input)
  if (!result.success) {
    const [issue] = result.error.issues
    const path = issue?.path.join('.') ?? ''
    throw new BadEvent({
      path: `target.${path}`,
      found: getPath(input, ...(issue?.path ?? [])),
      problem: issue?.message ?? 'is no target',
    })
  }
  const target = result.data as Target<K>
  // A global resource seen from two Regions is one target: two would capture each other's work as `before`.
  return global ? { ...target, region: homeRegionOf(target.region) } : target
}

/** One text for one target: the journal's key. Values cannot hold the separator, or they did not parse. */
export const targetKey = (target: AnyTarget): string =>
  Object.entries(target)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join('|')
