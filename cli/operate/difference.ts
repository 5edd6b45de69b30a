import { createHash } from 'node:crypto'
import { canonical, type Json } from '../../engine/state.ts'
import type { AnyTemplate } from '../../infrastructure/stack/template/packaged.ts'

type PackagedResource = AnyTemplate['Resources'][string]

export interface DeployDifference {
  does: 'add' | 'change' | 'remove'
  /** Its logical id. */
  id: string
  type: string
  /** What of it: its properties, or the code of a function. */
  what?: string
  /** It stays in the account when the stack lets go of it. */
  stays?: true
}

/** The code of the functions by their names, built and deployed. */
export interface CodeDifference {
  built: Map<string, string>
  deployed: Map<string, string>
}

/** What a deploy would do to each resource, by comparing templates and code. Pure. */
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
      ...(textOf(was) === textOf(is) ? [] : changed(was, is)),
      ...(recoded(is, code) ? ['code'] : []),
    ]
    return parts.length > 0 ? [{ does: 'change', id, type: is.Type, what: parts.join(', ') }] : []
  })
}

/** Names a plan: the same for the same stack and the same code. */
export const deployPlanHash = (
  { Resources, Outputs = {} }: AnyTemplate,
  built: Map<string, string>,
): string =>
  createHash('sha256')
    .update(normal(canonical({ Resources, Outputs, built: Object.fromEntries(built) } as unknown as Json)))
    .digest('hex')
    .slice(0, 7)

/** osls puts the time of packaging into the keys of zips: of the same code it is another every time. */
const normal = (text: string): string => text.replace(/"serverless\/[^"]*\/([\w.-]+\.zip)"/g, '"$1"')
const textOf = (it: unknown): string => normal(canonical(it as Json))
const stays = ({ DeletionPolicy }: PackagedResource): boolean => DeletionPolicy === 'Retain'

function changed(was: PackagedResource, is: PackagedResource): string[] {
  const [old, now] = [was.Properties ?? {}, is.Properties ?? {}]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()
  const found = names.filter((name) => textOf(old[name] ?? null) !== textOf(now[name] ?? null))
  return found.length > 0 ? found : ['attributes']
}

/** A zip's key says nothing of what is in it; its hash does. */
function recoded({ Type, Properties }: PackagedResource, { built, deployed }: CodeDifference): boolean {
  if (Type !== 'AWS::Lambda::Function') return false
  const zip = (Properties?.Code as { S3Key?: string } | undefined)?.S3Key?.split('/').at(-1) ?? ''
  const name = zip.replace(/\.zip$/, '')
  const [made, there] = [built.get(name), deployed.get(name)]
  return made !== undefined && there !== undefined && made !== there
}
