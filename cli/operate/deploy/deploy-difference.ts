import { createHash } from 'node:crypto'
import type { Json } from '../../../engine/state.ts'
import type { AnyTemplate } from '../../../infrastructure/stack/template/packaged.ts'
import { canonical } from '../../../lib/canonical.ts'

type PackagedResource = AnyTemplate['Resources'][string]

export interface DeployDifference {
  does: 'add' | 'change' | 'remove'
  /** Logical id. */
  id: string
  type: string
  /** The changed properties, or `code`. */
  what?: string
  /** It is removed from the stack but retained in the account. */
  stays?: true
}

/** Hashes of the code of the functions, by name, built and deployed. */
export interface CodeDifference {
  built: Map<string, string>
  deployed: Map<string, string>
}

/** What a deployment would do to each resource, from both templates and code hashes. Pure. */
export function deployDifferenceOf(
  before: AnyTemplate | undefined,
  after: AnyTemplate,
  code: CodeDifference,
): DeployDifference[] {
  const [old, now] = [before?.Resources ?? {}, after.Resources]
  const ids = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()
  return ids.flatMap((id): DeployDifference[] => {
    const [was, is] = [old[id], now[id]]
    if (!is) return was ? [{ does: 'remove', id, type: was.Type, ...(stays(was) && { stays: true }) }] : []
    if (!was) return [{ does: 'add', id, type: is.Type }]
    const parts = [
      ...(comparable(was) === comparable(is) ? [] : changed(was, is)),
      ...(hasNewCode(is, code) ? ['code'] : []),
    ]
    return parts.length > 0 ? [{ does: 'change', id, type: is.Type, what: parts.join(', ') }] : []
  })
}

/** The hash of a plan: equal for the same template and the same code. */
export const deployPlanHash = (
  { Resources, Outputs = {} }: AnyTemplate,
  built: Map<string, string>,
): string =>
  createHash('sha256')
    .update(
      withoutTimes(canonical({ Resources, Outputs, built: Object.fromEntries(built) } as unknown as Json)),
    )
    .digest('hex')
    .slice(0, 7)

/** Removes the time of packaging, which osls puts into the keys of zips. */
const withoutTimes = (text: string): string => text.replace(/"serverless\/[^"]*\/([\w.-]+\.zip)"/g, '"$1"')
const comparable = (it: unknown): string => withoutTimes(canonical(it as Json))
const stays = ({ DeletionPolicy }: PackagedResource): boolean => DeletionPolicy === 'Retain'

function changed(was: PackagedResource, is: PackagedResource): string[] {
  const [old, now] = [was.Properties ?? {}, is.Properties ?? {}]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()
  const found = names.filter((name) => comparable(old[name] ?? null) !== comparable(now[name] ?? null))
  return found.length > 0 ? found : ['attributes']
}

/** Whether the code of a function differs. The hash is compared, since the key of a zip is not tied to its content. */
function hasNewCode({ Type, Properties }: PackagedResource, { built, deployed }: CodeDifference): boolean {
  if (Type !== 'AWS::Lambda::Function') return false
  const zip = (Properties?.Code as { S3Key?: string } | undefined)?.S3Key?.split('/').at(-1) ?? ''
  const name = zip.replace(/\.zip$/, '')
  const [made, there] = [built.get(name), deployed.get(name)]
  return made !== undefined && there !== undefined && made !== there
}
