import listed from '../exceptions.json' with { type: 'json' }
import { Guarded, show } from './errors.ts'
import { type Exception, excepted, parseExceptions } from './exceptions.ts'
import type { Event } from './rule.ts'
import type { AnyTarget } from './target.ts'

export const protectedTag = 'portcullis:protected'

const exceptions = parseExceptions(listed)

/** Why nothing may be done about this event, if so: it is a sample, or tells of our own work. Pure. */
export function guardEvent(event: Event, prefix: string, memberRole?: string): Guarded | undefined {
  if (isSample(event)) return new Guarded('sample', 'This is a sample finding: nobody attacked.')
  const actor = rolesOf(event.detail).find((name) => isOurs(name, prefix) || name === memberRole)
  if (actor) return new Guarded('loop', `Portcullis itself did this, as ${show(actor)}.`)
  return undefined
}

/** Why this target may not be contained, if so: it is ours, or excepted. Pure. */
export function guardTarget(
  target: AnyTarget,
  prefix: string,
  now: Date,
  list: Exception[] = exceptions,
): Guarded | undefined {
  const { account, region: _, ...named } = target
  for (const name of Object.values(named)) {
    if (isOurs(name, prefix)) return new Guarded('own', `${name} is part of Portcullis.`)
    const hit = excepted(list, account, name, now)
    if (hit)
      return new Guarded(
        'exception',
        `${name} is excepted until ${hit.expires} by ${hit.owner}: ${hit.reason}`,
      )
  }
  return undefined
}

/** What a `read` learnt of its target besides the state: its tags, and names it goes by. */
export interface Found {
  tags?: { Key?: string | undefined; Value?: string | undefined }[] | undefined
  names?: string[]
}

/** Why what a `read` found may not be contained, if so. Pure. */
export function guardFound(target: AnyTarget, found: Found, prefix: string, now: Date): Guarded | undefined {
  const tag = found.tags?.find(({ Key }) => Key?.toLowerCase() === protectedTag)
  if (tag && tag.Value?.toLowerCase() !== 'false')
    return new Guarded('protected', `The target is tagged ${protectedTag}.`)
  for (const name of found.names ?? []) {
    const refusal = guardTarget(
      { account: target.account, region: target.region, subject: name },
      prefix,
      now,
    )
    if (refusal) return refusal
  }
  return undefined
}

/** GuardDuty and Macie mark samples in two ways, consoles in a third. Source: GuardDuty sample findings. */
function isSample({ detail }: Event): boolean {
  const info = dig(detail, 'service', 'additionalInfo')
  if (dig(info, 'sample') === true || dig(detail, 'sample') === true) return true
  // GuardDuty repeats additionalInfo as a JSON string in `value`.
  if (/"sample"\s*:\s*true/.test(String(dig(info, 'value') ?? ''))) return true
  return String(dig(detail, 'title') ?? '').startsWith('[SAMPLE]')
}

/**
 * The roles an event may name as its author: we act as nothing else. Never a session's or a federated user's name:
 * whoever asks for a session chooses that, and would be safe from us by calling it after us.
 */
function rolesOf(detail: unknown): string[] {
  const keys = dig(detail, 'resource', 'accessKeyDetails')
  return [
    dig(detail, 'userIdentity', 'sessionContext', 'sessionIssuer', 'userName'),
    /:assumed-role\/([^/]+)\//.exec(String(dig(detail, 'userIdentity', 'arn')))?.[1],
    /^(IAMUser|FederatedUser)$/.test(String(dig(keys, 'userType'))) ? undefined : dig(keys, 'userName'),
  ].filter((name) => typeof name === 'string')
}

/** Names, paths and ARNs whose own name starts with the stack's prefix; a session's name is nobody's own. */
const isOurs = (name: string, prefix: string): boolean =>
  name
    .replace(/(:assumed-role\/[^/]+|:federated-user|^ARO?A\w+:).*/, '$1')
    .split(/[/:]/)
    .some((part) => part === prefix || part.startsWith(`${prefix}-`))

const dig = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (here, key) =>
      typeof here === 'object' && here !== null ? (here as Record<string, unknown>)[key] : undefined,
    value,
  )
